"""Matrix products of spaCy's networks by numpy, in place of the library that spaCy brings along.

That library (blis, as its packages are built) knows few kinds of processors and is three times slower than numpy's on
the others. The products are the same but for the last binary digits of a float.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import Model, NumpyOps


class _ByNumpy(NumpyOps):  # type: ignore[misc]  # compiled, without types
    """Thinc's operations on the processor, with numpy's matrix products."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def use_numpy(model: object) -> None:
    """Has every part of a network that is on thinc's own operations take numpy's products; all else stays as it is."""
    operations = _ByNumpy()
    for part in model.walk() if isinstance(model, Model) else ():
        if type(part.ops) is NumpyOps:
            part.ops = operations
