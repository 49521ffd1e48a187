#!/usr/bin/env python3
"""Recomputes cost and gradient of a batch of episodes with PyTorch's automatic differentiation, and
times the same recipe, eager, on one thread.

    python3 scripts/gradient-pytorch.py EXPORT.json

Written from the equations in the doc comments of FloatLaw, LawKernel and SampledStateSpace; run by
scripts/check-gradient.
"""
import sys

import torch

import gradient_batch as shared


def cost(p, batch, t):
    weights, biases, outputs, gate_bias, log_integral, logit_tracking = batch.split(p)
    ki, kt = torch.exp(log_integral), torch.sigmoid(logit_tracking)
    lanes = len(batch.delay)
    state = t["start_state"]
    u = before = (t["start_command"] - batch.low) / batch.span
    integral = u
    y_before = r_before = t["start_output"]
    hidden = torch.zeros(lanes, batch.units)
    cell = torch.zeros(lanes, batch.units)
    depth = int(batch.delay.max()) + 2
    line = [t["start_command"]] * depth
    total = torch.zeros(lanes)
    for k in range(len(batch.setpoint)):
        r = t["setpoint"][k]
        output = (t["readout"] * state).sum(1)
        y = output + t["noise"][k]
        slope = (r - r_before, y - y_before, u - before) if k else (r * 0, r * 0, u - before)
        now = (r, y, u)
        operand = [gain * shared.quantities(source, now, slope) for source, gain in batch.features]
        z = torch.cat([torch.stack(operand, 1), hidden], 1) @ weights.T + biases
        i, f, o, g = z.chunk(4, 1)
        cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
        hidden = torch.sigmoid(o) * torch.tanh(cell)
        q = hidden @ outputs.T
        share = 2 * torch.sigmoid(q[:, 1] + gate_bias) if batch.is_gated else 1
        integral = integral + ki * share * (r - y)
        wanted = integral + q[:, 0]
        command = wanted.clamp(0, 1)
        integral = integral + kt * (command - wanted)
        if k >= shared.SETTLING:
            change = (command - u) * batch.span
            total = total + torch.sqrt((r - output) ** 2 + shared.ROUNDNESS)
            total = total + batch.effort_weight * torch.sqrt(change ** 2 + shared.ROUNDNESS)
        before, u, y_before, r_before = u, command, y, r
        line = line[1:] + [command * batch.span + batch.low]
        late = torch.stack(line).gather(0, t["place"])
        load = t["load"][k]
        state = ((t["transition"] @ state.unsqueeze(2)).squeeze(2)
                 + t["now"] * (late[1] + load).unsqueeze(1)
                 + t["before"] * (late[0] + load).unsqueeze(1))
    return (total * t["weight"]).sum()


def main():
    torch.set_num_threads(1)
    batch = shared.Batch(sys.argv[1])
    names = ["start_state", "start_output", "start_command", "weight", "setpoint", "load", "noise",
             "transition", "now", "before", "readout"]
    tensors = {name: torch.tensor(getattr(batch, name)) for name in names}
    newest = int(batch.delay.max()) + 1
    delay = torch.tensor(batch.delay)
    tensors["place"] = torch.stack([newest - delay - 1, newest - delay])
    p = torch.tensor(batch.parameters, requires_grad=True)

    def run():
        p.grad = None
        value = cost(p, batch, tensors)
        value.backward()
        return value.item()

    value = run()
    gradient = p.grad.double().numpy()
    shared.report(f"PyTorch {torch.__version__}, eager", batch, value, gradient,
                  shared.least_cpu_seconds(run, 10))


main()
