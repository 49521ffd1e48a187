"""An emulated TCLab: plant, board firmwares, pseudo-terminal, faults and a control channel."""
