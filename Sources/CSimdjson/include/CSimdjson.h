// A C face on simdjson for exactly what a canonical event can say (CONTRACT 2 and 3).
//
// One parser a thread. Texts point into the parser and live until its next parse.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

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

// Reads one message; `count` becomes the number of events in it. The bytes are copied.
enum vl_status vl_parser_parse(vl_parser *parser, const uint8_t *bytes, size_t length, size_t *count);

// Fills the next event of the message; false after the last.
bool vl_parser_next(vl_parser *parser, vl_event *event);

// Writes the JSON of the event that `next` gave last, cut at `capacity` bytes; returns the bytes written.
size_t vl_parser_excerpt(vl_parser *parser, uint8_t *into, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
