// Of sqlite3.h, whose own types GRDB gives.
int sqlite3_config(int, ...);
// Before the first database is opened, else SQLITE_MISUSE and nothing changes: no count of memory, and so no lock that all connections share for it.
static inline int sqlite_config_without_memstatus(void) { return sqlite3_config(9, 0); }
