#!/usr/bin/env python3
"""Trains a control law with PyTorch, through a simulated plant, for `flyball import`: docs/import.md.

The plant is 1.25 / (s + 1)^4, sampled every 0.2 s. Setpoint r, measurement y and command u are parts of
their ranges, 0 ... 1. The law is an LSTM q beside an integrator, which is written down, not learned:

    I <- I + ki (r - y),   v = I + q(features),   u = clip(v, 0, 1),   I <- I + kt (u - v)
"""
import math
import sys

import torch
from safetensors.torch import save_file

PERIOD, GAIN, LAGS = 0.2, 1.25, 4
UNITS, BATCH, SAMPLES, ITERATIONS = 16, 64, 200, 260
EFFORT, NOISE, SETTLING = 0.3, 0.002, 20
FEATURES = {"error": 4, "measurement_change": 15, "setpoint_change": 4, "command_change": 5,
            "measurement": 1, "setpoint": 1, "command": 1}


class Law(torch.nn.Module):
    def __init__(self, integral):
        super().__init__()
        self.lstm = torch.nn.LSTMCell(len(FEATURES), UNITS)
        self.output = torch.nn.Linear(UNITS, 1, bias=False)
        self.log_integral = torch.nn.Parameter(torch.tensor(math.log(integral)))
        self.logit_tracking = torch.nn.Parameter(torch.tensor(-2.5))
        with torch.no_grad():
            self.output.weight.mul_(0.05)
            # Memories of 2 to 20 samples to begin with; the rows of PyTorch are i, f, g, o.
            self.lstm.bias_ih[UNITS:2 * UNITS] = torch.linspace(0, 3, UNITS)

    def start(self, command):
        return command, (torch.zeros(BATCH, UNITS), torch.zeros(BATCH, UNITS))

    def step(self, memory, features, error):
        integral, state = memory
        scaled = torch.stack(features, 1) * torch.tensor([float(g) for g in FEATURES.values()])
        state = self.lstm(scaled, state)
        integral = integral + self.log_integral.exp() * error
        wanted = integral + self.output(state[0])[:, 0]
        command = wanted.clamp(0, 1)
        return command, (integral + self.logit_tracking.sigmoid() * (command - wanted), state)


class PI:
    """By SIMC. What an episode costs with it is the unit in which the law's cost is counted."""
    gain, integral = 0.231, 0.0308

    def start(self, command):
        return command

    def step(self, memory, features, error):
        command = (memory + (self.integral + self.gain) * error).clamp(0, 1)
        return command, command - self.gain * error


def plants():
    """Gain and time 35 % below to 40 % above nominal: transition and input of the exact hold."""
    gain, time = (torch.empty(BATCH).uniform_(0.65, 1.4) for _ in range(2))
    joint = torch.zeros(BATCH, LAGS + 1, LAGS + 1)
    for lag in range(LAGS):
        joint[:, lag, lag] = -PERIOD / time
        joint[:, lag, (lag - 1) % (LAGS + 1)] = PERIOD / time
    joint = torch.linalg.matrix_exp(joint)
    return joint[:, :LAGS, :LAGS], joint[:, :LAGS, LAGS], GAIN * gain


def episodes():
    """Steps, small steps, ramps, and loads: steps, sines and walks; each drawn anew."""
    at = torch.arange(SAMPLES)
    start, end = (torch.empty(BATCH).uniform_(0.2, 0.75) for _ in range(2))
    kind = torch.rand(BATCH)
    size = torch.where(kind < 0.2, torch.empty(BATCH).uniform_(0.04, 0.3), torch.ones(BATCH))
    length = torch.where(kind > 0.8, torch.empty(BATCH).uniform_(30, 120), torch.ones(BATCH))
    part = ((at[:, None] - 30) / length).clamp(0, 1)
    setpoint = start + part * (end - start) * size
    step = (at[:, None] > 110) * torch.empty(BATCH).uniform_(-0.15, 0.15)
    sine = 0.06 * torch.sin(2 * math.pi * at[:, None] / torch.empty(BATCH).uniform_(25, 200))
    walk = (0.008 * torch.randn(SAMPLES, BATCH)).cumsum(0).clamp(-0.12, 0.12)
    choice = torch.randint(3, (BATCH,))
    return setpoint, torch.where(choice == 0, step, torch.where(choice == 1, sine, walk)) * size


def cost(law, plant, episode):
    """Error and travel of each episode, from rest, as Flyball counts them."""
    (transition, drive, gain), (setpoint, load) = plant, episode
    y_before, r_before, u = setpoint[0], setpoint[0], setpoint[0] / gain
    before = u
    memory, x, total = law.start(u), u[:, None].repeat(1, LAGS), torch.zeros(BATCH)
    for k in range(SAMPLES):
        output, r = gain * x[:, -1], setpoint[k]
        y = output + NOISE * torch.randn(BATCH)
        dy = y - y_before if k else torch.zeros(BATCH)
        features = [r - y, dy, r - r_before, u - before, 2 * y - 1, 2 * r - 1, 2 * u - 1]
        command, memory = law.step(memory, features, r - y)
        if k >= SETTLING:
            # A rounded |x|: it has a slope everywhere.
            total = total + ((r - output) ** 2 + 1e-6).sqrt()
            total = total + EFFORT * ((command - u) ** 2 + 1e-6).sqrt()
        before, u, y_before, r_before = u, command, y, r
        x = (transition @ x[:, :, None])[:, :, 0] + drive * (u + load[k])[:, None]
    return total


def write(law, name):
    save_file({f"{part}.{key}": value.contiguous() for part in ("lstm", "output")
               for key, value in getattr(law, part).state_dict().items()}, f"{name}.safetensors")
    features = "\n".join(f'    {{ source = "{s}", gain = {g} }},' for s, g in FEATURES.items())
    with open(f"{name}.toml", "w", encoding="utf-8") as file:
        file.write(f"""schema = 1
[weights]
layout = "pytorch"
[law]
sample_time_s = {PERIOD}
integral_gain = {law.log_integral.exp().item():.8g}
tracking_gain = {law.logit_tracking.sigmoid().item():.8g}

features = [
{features}
]
[process]
family = "lag4"
""")


def main(name):
    torch.manual_seed(1)
    torch.set_num_threads(1)  # So small a network gains nothing by more.
    law = Law(PI.integral)
    adam = torch.optim.Adam(law.parameters(), lr=1e-2)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(adam, ITERATIONS)
    for iteration in range(ITERATIONS):
        plant, episode = plants(), episodes()
        with torch.no_grad():
            unit = cost(PI(), plant, episode)
        loss = (cost(law, plant, episode) / unit).mean()
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(law.parameters(), 1.0)
        adam.step()
        cosine.step()
        if iteration % 20 == 0 or iteration == ITERATIONS - 1:
            print(f"iteration {iteration}: cost over the PI's {loss.item():.3f}", file=sys.stderr)
    write(law, name)


main(sys.argv[1] if len(sys.argv) > 1 else "law")
