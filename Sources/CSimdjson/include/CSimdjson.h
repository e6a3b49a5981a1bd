// A C face on simdjson for exactly what a canonical event can say (CONTRACT 2 and 3).
//
// One parser a thread. Texts point into the parser and live until its next parse.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include "DigitRuns.h"
#include "Memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum vl_kind { VL_MISSING = 0, VL_STRING, VL_NUMBER, VL_BOOL, VL_OBJECT, VL_ARRAY };

// One JSON value: `start`/`length` of a string, `bits` of a number or bool (0 or 1). null is missing.
typedef struct {
    union {
        const uint8_t *start;
        double bits;
    };
    uint32_t length;
    uint32_t kind;
} vl_slot;

// Attributes in the order of CONTRACT 2, then the members of `data` in the order of CONTRACT 3.
enum vl_slot_name {
    VL_SPECVERSION, VL_ID, VL_SOURCE, VL_TYPE, VL_TIME, VL_SUBJECT, VL_SEQUENCE, VL_DATA,
    VL_DEVICE, VL_ALARM, VL_KIND, VL_PRIORITY, VL_TEST, VL_VOICE, VL_RESPONDING_ZONE, VL_RESPONDERS,
    VL_OUTCOME, VL_CAUSE, VL_PROPERTY, VL_VALUE, VL_UNIT, VL_TECHNOLOGY, VL_RESULT, VL_BATTERY,
    VL_SIGNAL, VL_FAULT, VL_ZONE, VL_SLOT_COUNT
};

typedef struct {
    vl_slot slots[27];
    bool is_object;
} vl_event;

enum vl_status { VL_OK = 0, VL_NOT_UTF8, VL_NOT_JSON, VL_NOT_AN_EVENT };

typedef struct vl_parser vl_parser;

vl_parser *vl_parser_create(void);
void vl_parser_destroy(vl_parser *parser);

// Reads one message; the bytes are copied. With `tries_fast`, a message of the common shape is read while it is stepped
// through, and `count` is 0; otherwise it becomes the number of events.
enum vl_status vl_parser_open(vl_parser *parser, const uint8_t *bytes, size_t length, bool tries_fast, size_t *count);

enum vl_step { VL_EVENT = 0, VL_END, VL_NOT_COMMON };

// Fills the next event of the message. VL_NOT_COMMON: the message is of another shape or none at all; open it again
// without `tries_fast` and forget what was read.
enum vl_step vl_parser_step(vl_parser *parser, vl_event *event);

// The same without the fast reader; false after the last.
bool vl_parser_next(vl_parser *parser, vl_event *event);

// Writes the JSON of an event that was read, cut at `capacity` bytes; returns the bytes written.
size_t vl_parser_excerpt(vl_parser *parser, size_t index, uint8_t *into, size_t capacity);

// For benchmarks, what the rest is held against: simdjson finds the same fields of every event of a batch, and nothing
// is done with them. By its document tree; by its on-demand reader. Each returns the number of events that have an id.
size_t vl_parser_read_tree(vl_parser *parser, const uint8_t *bytes, size_t length);
size_t vl_parser_read_on_demand(vl_parser *parser, const uint8_t *bytes, size_t length);

// A device reference's bytes: `A-Za-z0-9._:-`.
static inline bool vl_is_reference(const uint8_t *bytes, size_t length) {
    static const uint64_t allowed[4] = {0x07FF600000000000, 0x07FFFFFE87FFFFFE, 0, 0};
    uint64_t all = 1;
    for (size_t i = 0; i < length; ++i) all &= allowed[bytes[i] >> 6] >> (bytes[i] & 63);
    return all & 1;
}

// Whether there may be a control character: U+0000-1F, U+007F, or the first byte of U+0080-BF.
static inline bool vl_may_have_control(const uint8_t *bytes, size_t length) {
    unsigned any = 0;
    for (size_t i = 0; i < length; ++i) any |= (bytes[i] < 0x20) | (bytes[i] == 0x7F) | (bytes[i] == 0xC2);
    return any;
}

#ifdef __cplusplus
}
#endif
#endif
