#include <curl/curl.h>

// Swift calls no functions with variable arguments: one door for each kind of value.
typedef size_t (*curl_data_function)(char *, size_t, size_t, void *);

static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode curl_set_function(CURL *handle, CURLoption option, curl_data_function value) { return curl_easy_setopt(handle, option, value); }
static inline CURLcode curl_response_code(CURL *handle, long *code) { return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code); }
