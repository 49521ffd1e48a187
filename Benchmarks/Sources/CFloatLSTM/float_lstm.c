#include "CFloatLSTM.h"

#include <math.h>
#include <stdlib.h>

#define COLUMNS (FLYBALL_FLOAT_LSTM_MAX_INPUTS + FLYBALL_FLOAT_LSTM_MAX_UNITS)
#define ROWS (4 * FLYBALL_FLOAT_LSTM_MAX_UNITS)

struct flyball_float_lstm {
    int32_t inputs, units, outputs;
    float biases[ROWS];
    float output_weights[FLYBALL_FLOAT_LSTM_MAX_OUTPUTS * FLYBALL_FLOAT_LSTM_MAX_UNITS];
    float output_biases[FLYBALL_FLOAT_LSTM_MAX_OUTPUTS];
    // Inputs, then the hidden vector.
    float operand[COLUMNS];
    float z[ROWS];
    float cells[FLYBALL_FLOAT_LSTM_MAX_UNITS];
    float results[FLYBALL_FLOAT_LSTM_MAX_OUTPUTS];
    // Row by row without gaps: a small network lies in few cache lines.
    float weights[ROWS * COLUMNS];
};

struct flyball_float_lstm *flyball_float_lstm_new(int32_t inputs, int32_t units, int32_t outputs) {
    if (inputs > FLYBALL_FLOAT_LSTM_MAX_INPUTS || units > FLYBALL_FLOAT_LSTM_MAX_UNITS
        || outputs > FLYBALL_FLOAT_LSTM_MAX_OUTPUTS)
        return NULL;
    struct flyball_float_lstm *network = calloc(1, sizeof *network);
    if (network != NULL) {
        network->inputs = inputs;
        network->units = units;
        network->outputs = outputs;
    }
    return network;
}

void flyball_float_lstm_free(struct flyball_float_lstm *network) { free(network); }

void flyball_float_lstm_set_weight(
    struct flyball_float_lstm *network, int32_t row, int32_t column, float weight) {
    int32_t rows = 4 * network->units;
    if (row < rows)
        network->weights[row * (network->inputs + network->units) + column] = weight;
    else
        network->output_weights[(row - rows) * network->units + column] = weight;
}

void flyball_float_lstm_set_bias(struct flyball_float_lstm *network, int32_t row, float bias) {
    int32_t rows = 4 * network->units;
    if (row < rows)
        network->biases[row] = bias;
    else
        network->output_biases[row - rows] = bias;
}

static float sigmoid(float z) { return 1.0f / (1.0f + expf(-z)); }

static void product(
    const float *restrict weights, const float *restrict biases, const float *restrict operand,
    int32_t rows, int32_t columns, float *restrict results) {
    for (int32_t row = 0; row < rows; row++) {
        float sum = biases[row];
        const float *line = weights + row * columns;
        for (int32_t column = 0; column < columns; column++) sum += line[column] * operand[column];
        results[row] = sum;
    }
}

float flyball_float_lstm_run(struct flyball_float_lstm *network, const float *x, int32_t steps) {
    int32_t inputs = network->inputs, units = network->units;
    float *hidden = network->operand + inputs;
    for (int32_t step = 0; step < steps; step++) {
        for (int32_t k = 0; k < inputs; k++) network->operand[k] = x[step * inputs + k];
        product(
            network->weights, network->biases, network->operand, 4 * units, inputs + units,
            network->z);
        const float *z = network->z;
        for (int32_t j = 0; j < units; j++) {
            float cell = sigmoid(z[units + j]) * network->cells[j]
                + sigmoid(z[j]) * tanhf(z[3 * units + j]);
            network->cells[j] = cell;
            hidden[j] = sigmoid(z[2 * units + j]) * tanhf(cell);
        }
        product(
            network->output_weights, network->output_biases, hidden, network->outputs, units,
            network->results);
    }
    return network->results[0];
}
