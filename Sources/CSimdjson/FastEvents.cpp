// The fast reader: events of the common shape, straight from the tokens of simdjson's first stage, without building
// a tree or copying a string.
//
// The common shape is an object of strings without escapes, plain numbers, booleans and nulls, with one `data` object
// of the same; alone or in an array. Everything else (escapes, deeper nesting, exponents, long numbers, a second
// `data`, anything that is no JSON) is left to the generic reader in CSimdjson.cpp, which gives every verdict.
// TelemetryTests hold one against the other on random messages.
#include "Parser.hpp"

using namespace simdjson;

namespace {

// The compiler would keep the token in memory between calls.
#define ALWAYS_INLINE inline __attribute__((always_inline))

ALWAYS_INLINE bool isSpace(uint8_t c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

ALWAYS_INLINE bool endsScalar(uint8_t c) { return c == ',' || c == '}' || c == ']' || isSpace(c); }

// From the opening quote at `*token` to the closing one, which is the last byte before the next token but spaces:
// without a backslash there is no other quote in between.
ALWAYS_INLINE bool readString(const uint8_t *text, const uint32_t *&token, const uint8_t *&start, uint32_t &length) {
    uint32_t first = *token++ + 1;
    uint32_t last = *token - 1;
    while (isSpace(text[last])) --last;
    if (text[last] != '"' || last < first) return false;
    start = text + first;
    length = last - first;
    return true;
}

constexpr double powersOfTen[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr size_t digitsMax = 15;

// At most 15 digits and no exponent: both parts are exact doubles, so their quotient is rightly rounded (Clinger 1990).
ALWAYS_INLINE bool readNumber(const uint8_t *at, double &value) {
    bool isNegative = *at == '-';
    at += isNegative;
    const uint8_t *start = at;
    uint64_t digits = 0;
    while (uint8_t(*at - '0') < 10) digits = digits * 10 + (*at++ - '0');
    size_t count = at - start;
    if (count == 0 || count > digitsMax || (count > 1 && *start == '0')) return false;
    size_t fraction = 0;
    if (*at == '.') {
        const uint8_t *point = ++at;
        while (uint8_t(*at - '0') < 10) digits = digits * 10 + (*at++ - '0');
        fraction = at - point;
        if (fraction == 0 || count + fraction > digitsMax) return false;
    }
    if (!endsScalar(*at)) return false;
    value = double(int64_t(digits));
    if (fraction > 0) value /= powersOfTen[fraction];
    if (isNegative) value = fraction > 0 ? -value : 0 - value;
    return true;
}

template <size_t N>
ALWAYS_INLINE bool isLiteral(const uint8_t *at, const char (&word)[N]) {
    return std::memcmp(at, word, N - 1) == 0 && endsScalar(at[N - 1]);
}

// Reads a value that is no object; `slot` is where it goes, or a place for what nobody asks for.
ALWAYS_INLINE bool readScalar(const uint8_t *text, const uint32_t *&token, vl_slot &slot) {
    const uint8_t *at = text + *token;
    switch (*at) {
        case '"':
            slot.kind = VL_STRING;
            return readString(text, token, slot.start, slot.length);
        case 't':
            slot.kind = VL_BOOL;
            slot.bits = 1;
            ++token;
            return isLiteral(at, "true");
        case 'f':
            slot.kind = VL_BOOL;
            slot.bits = 0;
            ++token;
            return isLiteral(at, "false");
        case 'n':
            slot.kind = VL_MISSING;
            ++token;
            return isLiteral(at, "null");
        default:
            slot.kind = VL_NUMBER;
            ++token;
            return readNumber(at, slot.bits);
    }
}

ALWAYS_INLINE bool readName(const uint8_t *text, const uint32_t *&token, const char *&name, uint32_t &length) {
    const uint8_t *start;
    if (text[*token] != '"' || !readString(text, token, start, length) || text[*token] != ':') return false;
    ++token;
    name = reinterpret_cast<const char *>(start);
    return true;
}

ALWAYS_INLINE bool readData(const uint8_t *text, const uint32_t *&token, vl_event *event) {
    vl_slot unasked;
    if (text[*token] == '}') return ++token, true;
    while (true) {
        const char *name;
        uint32_t length;
        if (!readName(text, token, name, length)) return false;
        int slot = memberSlot(name, length);
        if (!readScalar(text, token, slot < 0 ? unasked : event->slots[slot])) return false;
        uint8_t end = text[*token++];
        if (end == '}') return true;
        if (end != ',') return false;
    }
}

ALWAYS_INLINE bool readEvent(const uint8_t *text, const uint32_t *&token, vl_event *event) {
    vl_slot unasked;
    if (text[*token] == '}') return ++token, true;
    while (true) {
        const char *name;
        uint32_t length;
        if (!readName(text, token, name, length)) return false;
        int slot = attributeSlot(name, length);
        if (slot == VL_DATA && event->slots[VL_DATA].kind != VL_MISSING) return false;
        if (slot == VL_DATA && text[*token] == '{') {
            event->slots[VL_DATA].kind = VL_OBJECT;
            ++token;
            if (!readData(text, token, event)) return false;
        } else if (!readScalar(text, token, slot < 0 ? unasked : event->slots[slot])) {
            return false;
        }
        uint8_t end = text[*token++];
        if (end == '}') return true;
        if (end != ',') return false;
    }
}

}  // namespace

bool vl_fast_open(vl_parser *self) {
    const uint8_t *text = reinterpret_cast<const uint8_t *>(self->buffer.data());
    if (std::memchr(text, '\\', self->length) != nullptr) return false;
    if (self->reserve(self->parser, self->length, 64)) return false;
    if (self->parser.implementation->stage1(text, self->length, stage1_mode::regular)) return false;
    self->token = self->parser.implementation->structural_indexes.get();
    self->single = text[*self->token] == '{';
    if (!self->single) {
        if (text[*self->token++] != '[' || text[*self->token] == ']') return false;
    }
    self->isFirst = true;
    self->ranges.clear();
    return true;
}

extern "C" enum vl_step vl_parser_step(vl_parser *self, vl_event *event) {
    if (!self->isFast) return vl_parser_next(self, event) ? VL_EVENT : VL_END;
    const uint8_t *text = reinterpret_cast<const uint8_t *>(self->buffer.data());
    const uint32_t *token = self->token;
    if (!self->isFirst) {
        uint8_t separator = self->single ? ']' : text[*token++];
        if (separator == ']') {
            const auto &implementation = *self->parser.implementation;
            bool isWhole = token == implementation.structural_indexes.get() + implementation.n_structural_indexes;
            return isWhole ? VL_END : VL_NOT_COMMON;
        }
        if (separator != ',') return VL_NOT_COMMON;
    }
    self->isFirst = false;
    uint32_t start = *token;
    if (text[start] != '{') return VL_NOT_COMMON;
    ++token;
    std::memset(event, 0, sizeof *event);
    event->is_object = true;
    if (!readEvent(text, token, event)) return VL_NOT_COMMON;
    self->ranges.emplace_back(start, token[-1] + 1);
    self->token = token;
    return VL_EVENT;
}
