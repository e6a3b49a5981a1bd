// libFuzzer's entry for programs that have a main of their own (llvm.org/docs/LibFuzzer.html).
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one)(const uint8_t *bytes, size_t length));

#endif
