#pragma once
#include <modbus.h>
