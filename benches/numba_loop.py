"""The stripped loop of benches/floor.rs in numba, over all cores: dyad-steps a second.

For docs/performance.md. Needs numba (pip install numba); `python3 benches/numba_loop.py`.
"""

import math
import time

import numba
import numpy as np

DYADS, STEPS, DT = 78, 60, 1.0 / 12.0
THETA, SIGMA = 0.25, 0.15


@numba.njit(parallel=True)
def run(trials):
    fired = 0
    for trial in numba.prange(trials):
        anchor = np.arange(DYADS) / DYADS - 0.4
        alignment = anchor.copy()
        remaining = np.empty(DYADS)
        for d in range(DYADS):
            remaining[d] = np.random.standard_exponential()
        shock = SIGMA * math.sqrt(DT)
        for step in range(STEPS):
            for d in range(DYADS):
                a = alignment[d]
                noise = math.sqrt(1.0 - a * a)
                a += THETA * (anchor[d] - a) * DT + shock * noise * np.random.standard_normal()
                a = min(max(a, -1.0), 1.0)
                alignment[d] = a
                remaining[d] -= math.log1p(math.exp(2.26 * a - 6.05)) * DT
                if remaining[d] <= 0.0:
                    remaining[d] = 1.0
                    fired += 1
    return fired


def main():
    run(10)
    trials = 20_000
    times = []
    for _ in range(7):
        start = time.perf_counter()
        run(trials)
        times.append(time.perf_counter() - start)
    times.sort()
    rates = [trials * DYADS * STEPS / seconds / 1e6 for seconds in times]
    print(f"{numba.config.NUMBA_NUM_THREADS} threads: median {rates[3]:.1f} million dyad-steps a second")
    print(f"({rates[-1]:.1f} to {rates[0]:.1f} in 7 runs)")


if __name__ == "__main__":
    main()
