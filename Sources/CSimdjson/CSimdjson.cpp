#include "CSimdjson.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

namespace {

constexpr size_t depthMax = 64;

// simdjson does not count an empty innermost array or object as a level. With this limit everything it
// accepts is at most 64 deep; what it refuses is counted exactly below.
constexpr size_t depthSurelyAllowed = 64;
constexpr size_t depthReparse = 66;

struct Key {
    std::string_view name;
    vl_slot_name slot;
};

// By length first: almost every comparison ends there.
constexpr Key attributeKeys[] = {
    {"id", VL_ID}, {"type", VL_TYPE}, {"time", VL_TIME}, {"data", VL_DATA}, {"source", VL_SOURCE},
    {"sequence", VL_SEQUENCE}, {"specversion", VL_SPECVERSION}, {"subject", VL_SUBJECT},
};
constexpr Key memberKeys[] = {
    {"device", VL_DEVICE}, {"alarm", VL_ALARM}, {"zone", VL_ZONE}, {"battery", VL_BATTERY},
    {"signal", VL_SIGNAL}, {"kind", VL_KIND}, {"priority", VL_PRIORITY}, {"test", VL_TEST},
    {"voice", VL_VOICE}, {"respondingZone", VL_RESPONDING_ZONE}, {"responders", VL_RESPONDERS},
    {"outcome", VL_OUTCOME}, {"cause", VL_CAUSE}, {"property", VL_PROPERTY}, {"value", VL_VALUE},
    {"unit", VL_UNIT}, {"technology", VL_TECHNOLOGY}, {"result", VL_RESULT}, {"fault", VL_FAULT},
};

template <size_t N>
int find(const Key (&keys)[N], std::string_view name) {
    for (const Key &key : keys) {
        if (key.name.size() == name.size() && std::memcmp(key.name.data(), name.data(), name.size()) == 0) return key.slot;
    }
    return -1;
}

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

struct vl_parser {
    dom::parser parser;
    dom::parser deepParser;
    std::vector<char> buffer;
    std::string widened;
    dom::element root;
    dom::element current;
    dom::array::iterator next;
    dom::array::iterator end;
    bool single = false;
    bool done = true;

    error_code read(dom::parser &with, const char *text, size_t length, size_t depth) {
        if (with.capacity() < length || with.max_depth() != depth) {
            error_code error = with.allocate(std::max(length, size_t(4096)), depth);
            if (error) return error;
        }
        return with.parse(text, length, false).get(root);
    }
};

extern "C" {

vl_parser *vl_parser_create(void) { return new (std::nothrow) vl_parser(); }

void vl_parser_destroy(vl_parser *parser) { delete parser; }

enum vl_status vl_parser_parse(vl_parser *self, const uint8_t *bytes, size_t length, size_t *count) {
    *count = 0;
    self->done = true;
    const char *text = reinterpret_cast<const char *>(bytes);
    if (!validate_utf8(text, length)) return VL_NOT_UTF8;
    if (length >= 3 && std::memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (self->buffer.size() < length + SIMDJSON_PADDING) self->buffer.resize(length + SIMDJSON_PADDING);
    std::memcpy(self->buffer.data(), text, length);
    std::memset(self->buffer.data() + length, 0, SIMDJSON_PADDING);
    text = self->buffer.data();

    error_code error = self->read(self->parser, text, length, depthSurelyAllowed);
    if (error == DEPTH_ERROR) {
        if (exactDepth(text, length) > depthMax) return VL_NOT_JSON;
        error = self->read(self->deepParser, text, length, depthReparse);
    }
    if (error == NUMBER_ERROR && widenIntegers(text, length, self->widened)) {
        size_t widenedLength = self->widened.size();
        self->widened.append(SIMDJSON_PADDING, '\0');
        if (exactDepth(self->widened.data(), widenedLength) > depthMax) return VL_NOT_JSON;
        error = self->read(self->deepParser, self->widened.data(), widenedLength, depthReparse);
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

bool vl_parser_next(vl_parser *self, vl_event *event) {
    if (self->done) return false;
    if (self->single) {
        self->current = self->root;
        self->done = true;
    } else {
        if (!(self->next != self->end)) {
            self->done = true;
            return false;
        }
        self->current = *self->next;
        ++self->next;
    }
    std::memset(event, 0, sizeof *event);
    if (!self->current.is_object()) return true;
    event->is_object = true;
    dom::object object = self->current.get_object().value_unsafe();
    for (auto field = object.begin(); field != object.end(); ++field) {
        int slot = find(attributeKeys, field.key());
        if (slot < 0) continue;
        dom::element value = field.value();
        fill(event->slots[slot], value);
        if (slot != VL_DATA) continue;
        std::memset(&event->slots[VL_DATA + 1], 0, sizeof(vl_slot) * (VL_SLOT_COUNT - VL_DATA - 1));
        if (!value.is_object()) continue;
        dom::object data = value.get_object().value_unsafe();
        for (auto member = data.begin(); member != data.end(); ++member) {
            int name = find(memberKeys, member.key());
            if (name >= 0) fill(event->slots[name], member.value());
        }
    }
    return true;
}

size_t vl_parser_excerpt(vl_parser *self, uint8_t *into, size_t capacity) {
    std::string text = simdjson::minify(self->current);
    size_t length = std::min(text.size(), capacity);
    std::memcpy(into, text.data(), length);
    return length;
}
}
