"""How colours look to people of different sight: lightness and distance in CIELAB.

Sources: Machado, Oliveira & Fernandes (2009), matrices of severity 1.0 on linear sRGB; CIE 15 for
CIELAB (D65, 2°).
"""

from __future__ import annotations

import numpy as np

SIGHTS = {
    "usual": np.eye(3),
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "tritanopia": np.array([
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip
"""Linear sRGB as somebody sees it, by kind of sight."""

_TO_XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip
_WHITE = np.array([0.95047, 1.0, 1.08883])


def seen(colours, sight="usual"):
    """Return L*, a*, b* of ``#rrggbb`` colours as a kind of sight sees them; shape (n, 3)."""
    rgb = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ SIGHTS[sight].T, 0, 1) @ _TO_XYZ.T / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = f.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def steps(colours, sight="usual"):
    """Return the distance (CIE 1976) of each colour to the next; shape (n - 1,)."""
    return np.linalg.norm(np.diff(seen(colours, sight), axis=0), axis=1)
