int vl_placeholder(void);
