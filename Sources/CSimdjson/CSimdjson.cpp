#include "CSimdjson.h"
int vl_placeholder(void){return 1;}
