#pragma once
#include <stdint.h>

/* What the file named by FAULT_SHIM holds; a test writes it while the program under test runs. */
struct faults {
    int64_t clock_offset_milliseconds; /* added to the wall clock */
    int64_t sync_delay_milliseconds;   /* every fsync and fdatasync takes this much longer */
    int64_t write_error;               /* errno that writes into database files fail with; 0: they work */
};
