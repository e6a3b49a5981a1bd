// Finds runs of six or more ASCII digits, sixteen bytes at a time where the processor can.
#ifndef DIGIT_RUNS_H
#define DIGIT_RUNS_H

#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// The first digit of the next such run at or after `from`; `length` when there is none.
static inline size_t vl_next_digit_run(const uint8_t *bytes, size_t length, size_t from) {
    size_t index = from;
#if defined(__SSE2__)
    uint32_t before = 0; // the digits among the six bytes before the block, the last one highest
    for (; index + 16 <= length; index += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + index));
        __m128i offset = _mm_sub_epi8(block, _mm_set1_epi8('0'));
        __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(9)), offset);
        uint32_t window = (uint32_t)_mm_movemask_epi8(digits) << 6 | before;
        uint32_t two = window & window >> 1;
        uint32_t six = two & two >> 2 & two >> 4;
        if (six) return index + (size_t)__builtin_ctz(six) - 6;
        before = window >> 16;
    }
    index -= index - from < 6 ? index - from : 6;
#endif
    size_t count = 0;
    for (; index < length; ++index) {
        count = (uint8_t)(bytes[index] - '0') < 10 ? count + 1 : 0;
        if (count == 6) return index - 5;
    }
    return length;
}

#endif
