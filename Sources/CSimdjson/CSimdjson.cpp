// The generic reader: any JSON, through simdjson's document tree. It gives every verdict; FastEvents.cpp only goes ahead
// of it where nothing is to be decided.
#include "Parser.hpp"

#include <algorithm>
#include <new>

using namespace simdjson;

namespace {

constexpr size_t depthMax = 64;

// simdjson does not count an empty innermost array or object as a level. With this limit everything it
// accepts is at most 64 deep; what it refuses is counted exactly below.
constexpr size_t depthSurelyAllowed = 64;
constexpr size_t depthReparse = 66;

// Of repeated names the last counts; null counts as missing.
void fill(vl_slot &slot, dom::element value) {
    switch (value.type()) {
        case dom::element_type::STRING: {
            std::string_view text = value.get_string().value_unsafe();
            slot.start = reinterpret_cast<const uint8_t *>(text.data());
            slot.length = static_cast<uint32_t>(text.size());
            slot.kind = VL_STRING;
            break;
        }
        case dom::element_type::INT64:
        case dom::element_type::UINT64:
        case dom::element_type::DOUBLE:
            slot.bits = value.get_double().value_unsafe();
            slot.kind = VL_NUMBER;
            break;
        case dom::element_type::BOOL:
            slot.bits = value.get_bool().value_unsafe() ? 1 : 0;
            slot.kind = VL_BOOL;
            break;
        case dom::element_type::OBJECT: slot.kind = VL_OBJECT; break;
        case dom::element_type::ARRAY: slot.kind = VL_ARRAY; break;
        case dom::element_type::NULL_VALUE: slot.kind = VL_MISSING; break;
    }
}

size_t exactDepth(const char *text, size_t length) {
    size_t depth = 0, deepest = 0;
    bool inString = false;
    for (size_t i = 0; i < length; ++i) {
        char c = text[i];
        if (inString) {
            if (c == '\\') ++i;
            else if (c == '"') inString = false;
        } else if (c == '"') inString = true;
        else if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
        else if ((c == ']' || c == '}') && depth > 0) --depth;
    }
    return deepest;
}

// simdjson refuses integers beyond 64 bits, though a double holds them: "e0" makes each a double. Returns
// whether there was one.
bool widenIntegers(const char *text, size_t length, std::string &widened) {
    bool found = false, inString = false;
    widened.clear();
    for (size_t i = 0; i < length;) {
        char c = text[i];
        if (inString || !(c == '-' || (c >= '0' && c <= '9'))) {
            widened.push_back(c);
            if (inString && c == '\\' && i + 1 < length) widened.push_back(text[++i]);
            else if (c == '"') inString = !inString;
            ++i;
            continue;
        }
        size_t end = i;
        bool integer = true;
        while (end < length && (std::strchr("+-.eE", text[end]) || (text[end] >= '0' && text[end] <= '9')) && text[end] != 0) {
            if (text[end] == '.' || text[end] == 'e' || text[end] == 'E') integer = false;
            ++end;
        }
        widened.append(text + i, end - i);
        if (integer && end - i > 18) {
            widened.append("e0");
            found = true;
        }
        i = end;
    }
    return found;
}

}  // namespace

namespace {

error_code readTree(vl_parser *self, dom::parser &with, const char *text, size_t length, size_t depth) {
    error_code error = self->reserve(with, length, depth);
    if (error) return error;
    return with.parse(text, length, false).get(self->root);
}

// The fields of one element into their slots.
void fillEvent(dom::element element, vl_event *event) {
    std::memset(event, 0, sizeof *event);
    if (!element.is_object()) return;
    event->is_object = true;
    dom::object object = element.get_object().value_unsafe();
    for (auto field = object.begin(); field != object.end(); ++field) {
        int slot = attributeSlot(field.key().data(), field.key().size());
        if (slot < 0) continue;
        dom::element value = field.value();
        fill(event->slots[slot], value);
        if (slot != VL_DATA) continue;
        std::memset(&event->slots[VL_DATA + 1], 0, sizeof(vl_slot) * (VL_SLOT_COUNT - VL_DATA - 1));
        if (!value.is_object()) continue;
        dom::object data = value.get_object().value_unsafe();
        for (auto member = data.begin(); member != data.end(); ++member) {
            int name = memberSlot(member.key().data(), member.key().size());
            if (name >= 0) fill(event->slots[name], member.value());
        }
    }
}

// Copies a message with the padding that simdjson wants.
void take(vl_parser *self, const char *text, size_t length) {
    if (self->buffer.size() < length + SIMDJSON_PADDING) self->buffer.resize(length + SIMDJSON_PADDING);
    std::memcpy(self->buffer.data(), text, length);
    std::memset(self->buffer.data() + length, 0, SIMDJSON_PADDING);
    self->length = length;
}

enum vl_status openTree(vl_parser *self, size_t *count) {
    const char *text = self->buffer.data();
    size_t length = self->length;
    self->isFast = false;
    self->elements.clear();
    error_code error = readTree(self, self->parser, text, length, depthSurelyAllowed);
    if (error == DEPTH_ERROR) {
        if (exactDepth(text, length) > depthMax) return VL_NOT_JSON;
        error = readTree(self, self->deepParser, text, length, depthReparse);
    }
    if (error == NUMBER_ERROR && widenIntegers(text, length, self->widened)) {
        size_t widenedLength = self->widened.size();
        self->widened.append(SIMDJSON_PADDING, '\0');
        if (exactDepth(self->widened.data(), widenedLength) > depthMax) return VL_NOT_JSON;
        error = readTree(self, self->deepParser, self->widened.data(), widenedLength, depthReparse);
    }
    if (error) return VL_NOT_JSON;

    if (self->root.is_array()) {
        dom::array array = self->root.get_array().value_unsafe();
        self->single = false;
        self->next = array.begin();
        self->end = array.end();
        *count = array.size();  // exact below 16 million, and a message is at most 1 MiB
    } else if (self->root.is_object()) {
        self->single = true;
        *count = 1;
    } else {
        return VL_NOT_AN_EVENT;
    }
    self->done = false;
    return VL_OK;
}

}  // namespace

extern "C" {

vl_parser *vl_parser_create(void) { return new (std::nothrow) vl_parser(); }

void vl_parser_destroy(vl_parser *parser) { delete parser; }

enum vl_status vl_parser_open(vl_parser *self, const uint8_t *bytes, size_t length, bool tries_fast, size_t *count) {
    *count = 0;
    self->done = true;
    const char *text = reinterpret_cast<const char *>(bytes);
    if (length >= 3 && std::memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    take(self, text, length);
    self->isFast = tries_fast && vl_fast_open(self);
    if (self->isFast) return VL_OK;
    if (!validate_utf8(self->buffer.data(), length)) return VL_NOT_UTF8;
    return openTree(self, count);
}

bool vl_parser_next(vl_parser *self, vl_event *event) {
    if (self->done) return false;
    if (self->single) {
        self->elements.push_back(self->root);
        self->done = true;
    } else {
        if (!(self->next != self->end)) {
            self->done = true;
            return false;
        }
        self->elements.push_back(*self->next);
        ++self->next;
    }
    fillEvent(self->elements.back(), event);
    return true;
}

size_t vl_parser_excerpt(vl_parser *self, size_t index, uint8_t *into, size_t capacity) {
    std::string text;
    if (!self->isFast) {
        text = simdjson::minify(self->elements[index]);
    } else {
        auto [start, end] = self->ranges[index];
        std::string copy(self->buffer.data() + start, end - start);
        dom::element element;
        if (self->parser.parse(copy.data(), copy.size()).get(element)) return 0;
        text = simdjson::minify(element);
    }
    size_t length = std::min(text.size(), capacity);
    std::memcpy(into, text.data(), length);
    return length;
}

size_t vl_parser_read_tree(vl_parser *self, const uint8_t *bytes, size_t length) {
    vl_event event;
    size_t count = 0;
    take(self, reinterpret_cast<const char *>(bytes), length);
    if (readTree(self, self->parser, self->buffer.data(), length, depthSurelyAllowed)) return 0;
    dom::array array;
    if (self->root.get_array().get(array)) return 0;
    for (dom::element element : array) {
        fillEvent(element, &event);
        count += event.slots[VL_ID].kind == VL_STRING;
    }
    return count;
}
}
