#!/bin/sh
# Trains the alignment model and writes its bundle: models/train-alignment.sh --rows FILE --corpus FILE [--without SUITE] [--out DIR].
# The rows come from test/replay/alignment-rows.ts. Minutes on one core; needs the same Debian packages as models/train.sh.
set -eu
cd "$(dirname "$0")/.."
/usr/bin/python3 -c 'import numpy, onnx, sklearn, torch' 2>/dev/null || {
  echo 'Training needs Debian packages: apt-get install python3-torch python3-numpy python3-sklearn python3-onnx' >&2
  exit 2
}
# One thread everywhere: sums taken in another order would give other weights.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONHASHSEED=0
PYTHONPATH=models exec /usr/bin/python3 -m alignment "$@"
