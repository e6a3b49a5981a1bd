// What glibc has since 2.34 and shows to GNU sources alone.
extern int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);

/// Closes all files of ours from a number on in the program that is started.
static inline int vaktlast_close_from(void *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}
