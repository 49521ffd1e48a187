#ifndef FLYBALL_FLOAT_LSTM_H
#define FLYBALL_FLOAT_LSTM_H

#include <stdint.h>

#define FLYBALL_FLOAT_LSTM_MAX_INPUTS 16
#define FLYBALL_FLOAT_LSTM_MAX_UNITS 64
#define FLYBALL_FLOAT_LSTM_MAX_OUTPUTS 4

/// A plain float32 LSTM with a linear output, in the shapes and the row order of the integer one.
struct flyball_float_lstm;

/// NULL when there is no memory or the shape is too large.
struct flyball_float_lstm *flyball_float_lstm_new(int32_t inputs, int32_t units, int32_t outputs);
void flyball_float_lstm_free(struct flyball_float_lstm *network);
/// A weight of the gates (`row < 4 * units`) or, with rows beyond, of the outputs.
void flyball_float_lstm_set_weight(
    struct flyball_float_lstm *network, int32_t row, int32_t column, float weight);
void flyball_float_lstm_set_bias(struct flyball_float_lstm *network, int32_t row, float bias);
/// `steps` steps; each takes `inputs` values from `x`. Returns the first output of the last step.
float flyball_float_lstm_run(struct flyball_float_lstm *network, const float *x, int32_t steps);

#endif
