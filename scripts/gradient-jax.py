#!/usr/bin/env python3
"""Recomputes cost and gradient of a batch of episodes with JAX's automatic differentiation, and times
the same recipe as a compiled scan, on one thread.

    python3 scripts/gradient-jax.py EXPORT.json

Written from the equations in the doc comments of FloatLaw, LawKernel and SampledStateSpace; run by
scripts/check-gradient.
"""
import os
import sys

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numpy as np

import gradient_batch as shared


def make_cost(batch):
    newest = int(batch.delay.max()) + 1
    lanes = np.arange(len(batch.delay))

    def cost(p):
        weights, biases, outputs, gate_bias, log_integral, logit_tracking = batch.split(p)
        ki, kt = jnp.exp(log_integral), jax.nn.sigmoid(logit_tracking)

        def step(carry, inputs):
            state, u, before, integral, y_before, r_before, hidden, cell, line = carry
            r, noise, load, is_later, counts = inputs
            output = (batch.readout * state).sum(1)
            y = output + noise
            slope = (is_later * (r - r_before), is_later * (y - y_before), u - before)
            now = (r, y, u)
            operand = [gain * shared.quantities(source, now, slope)
                       for source, gain in batch.features]
            z = jnp.concatenate([jnp.stack(operand, 1), hidden], 1) @ weights.T + biases
            i, f, o, g = jnp.split(z, 4, 1)
            cell = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
            hidden = jax.nn.sigmoid(o) * jnp.tanh(cell)
            q = hidden @ outputs.T
            share = 2 * jax.nn.sigmoid(q[:, 1] + gate_bias) if batch.is_gated else 1
            integral = integral + ki * share * (r - y)
            wanted = integral + q[:, 0]
            command = jnp.clip(wanted, 0, 1)
            integral = integral + kt * (command - wanted)
            change = (command - u) * batch.span
            price = (jnp.sqrt((r - output) ** 2 + shared.ROUNDNESS)
                     + batch.effort_weight * jnp.sqrt(change ** 2 + shared.ROUNDNESS))
            line = jnp.concatenate([line[1:], (command * batch.span + batch.low)[None]])
            late, later = line[newest - batch.delay - 1, lanes], line[newest - batch.delay, lanes]
            state = (jnp.einsum("lij,lj->li", batch.transition, state)
                     + batch.now * (later + load)[:, None] + batch.before * (late + load)[:, None])
            carry = (state, command, u, integral, y, r, hidden, cell, line)
            return carry, counts * price

        u = jnp.asarray((batch.start_command - batch.low) / batch.span)
        empty = jnp.zeros((len(lanes), batch.units), jnp.float32)
        start = jnp.asarray(batch.start_output)
        line = jnp.tile(jnp.asarray(batch.start_command), (newest + 1, 1))
        carry = (jnp.asarray(batch.start_state), u, u, u, start, start, empty, empty, line)
        samples = np.arange(len(batch.setpoint))
        inputs = (batch.setpoint, batch.noise, batch.load, np.float32(samples > 0),
                  np.float32(samples >= shared.SETTLING))
        _, prices = jax.lax.scan(step, carry, inputs)
        return (prices.sum(0) * batch.weight).sum()

    return cost


def main():
    batch = shared.Batch(sys.argv[1])
    compiled = jax.jit(jax.value_and_grad(make_cost(batch)))
    p = jnp.asarray(batch.parameters)

    def run():
        return jax.block_until_ready(compiled(p))

    value, gradient = run()
    shared.report(f"JAX {jax.__version__}, compiled", batch, float(value),
                  np.asarray(gradient, np.float64), shared.least_cpu_seconds(run, 30))


main()
