// What the generic and the fast reader of events share.
#ifndef PARSER_HPP
#define PARSER_HPP

#include "CSimdjson.h"

#include <simdjson.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

struct vl_parser {
    // Generic: the document tree.
    simdjson::dom::parser parser;
    simdjson::dom::parser deepParser;
    std::vector<char> buffer;
    std::string widened;
    simdjson::dom::element root;
    std::vector<simdjson::dom::element> elements;
    simdjson::dom::array::iterator next;
    simdjson::dom::array::iterator end;
    size_t length = 0;
    bool single = false;
    bool done = true;

    // Fast: the tokens that simdjson's first stage found, and where the next event starts among them.
    bool isFast = false;
    const uint32_t *token = nullptr;
    bool isFirst = true;
    std::vector<std::pair<uint32_t, uint32_t>> ranges;

    simdjson::error_code reserve(simdjson::dom::parser &with, size_t length, size_t depth) {
        if (with.capacity() >= length && with.max_depth() == depth) return simdjson::SUCCESS;
        return with.allocate(std::max(length, size_t(4096)), depth);
    }
};

// The slots of the names of CONTRACT 2 and 3; -1 for other names. By length first, so that every comparison has a
// fixed length and becomes one or two loads.
template <size_t N>
inline __attribute__((always_inline)) bool isName(const char *name, const char (&word)[N]) {
    return std::memcmp(name, word, N - 1) == 0;
}

inline __attribute__((always_inline)) int attributeSlot(const char *name, size_t length) {
    switch (length) {
        case 2: return isName(name, "id") ? VL_ID : -1;
        case 4:
            if (isName(name, "type")) return VL_TYPE;
            if (isName(name, "time")) return VL_TIME;
            return isName(name, "data") ? VL_DATA : -1;
        case 6: return isName(name, "source") ? VL_SOURCE : -1;
        case 7: return isName(name, "subject") ? VL_SUBJECT : -1;
        case 8: return isName(name, "sequence") ? VL_SEQUENCE : -1;
        case 11: return isName(name, "specversion") ? VL_SPECVERSION : -1;
        default: return -1;
    }
}

inline __attribute__((always_inline)) int memberSlot(const char *name, size_t length) {
    switch (length) {
        case 4:
            if (isName(name, "zone")) return VL_ZONE;
            if (isName(name, "kind")) return VL_KIND;
            if (isName(name, "test")) return VL_TEST;
            return isName(name, "unit") ? VL_UNIT : -1;
        case 5:
            if (isName(name, "alarm")) return VL_ALARM;
            if (isName(name, "value")) return VL_VALUE;
            if (isName(name, "voice")) return VL_VOICE;
            if (isName(name, "cause")) return VL_CAUSE;
            return isName(name, "fault") ? VL_FAULT : -1;
        case 6:
            if (isName(name, "device")) return VL_DEVICE;
            if (isName(name, "signal")) return VL_SIGNAL;
            return isName(name, "result") ? VL_RESULT : -1;
        case 7:
            if (isName(name, "battery")) return VL_BATTERY;
            return isName(name, "outcome") ? VL_OUTCOME : -1;
        case 8:
            if (isName(name, "property")) return VL_PROPERTY;
            return isName(name, "priority") ? VL_PRIORITY : -1;
        case 10:
            if (isName(name, "responders")) return VL_RESPONDERS;
            return isName(name, "technology") ? VL_TECHNOLOGY : -1;
        case 14: return isName(name, "respondingZone") ? VL_RESPONDING_ZONE : -1;
        default: return -1;
    }
}

// Takes the message in `buffer` apart if it is of the common shape; false leaves the verdict to the generic reader.
bool vl_fast_open(vl_parser *self);

#endif
