"""What a bundle was made from and with, so that whoever runs the command again can tell why weights differ, if they do."""
import hashlib
import pathlib
import platform

import numpy
import onnx
import sklearn
import torch


def provenance(options):
    """Files by name and SHA-256, the grammars and code as one digest, versions, and the numbers that a run depends on."""
    inputs = [options.data / "injection.train.jsonl.gz", options.data / "injection.val.jsonl.gz", *([options.corpus] if options.corpus else [])]
    if options.meanings:
        inputs.append(options.meanings)
    if options.start:
        inputs.append(options.start / "model.onnx")
    here = pathlib.Path(__file__).parent
    code = sorted([*here.rglob("*.py"), *here.rglob("*.txt")])
    return {
        "inputs": {file.name: digest([file]) for file in inputs}, "code": digest(code),
        "with": {
            "python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__, "sklearn": sklearn.__version__,
            "onnx": onnx.__version__, "machine": platform.machine(), "threads": options.threads,
        },
        "options": {"seed": options.seed, "steps": options.steps, "stop": options.stop, "family": options.family, "corpusTexts": options.corpus_texts},
    }


def digest(files):
    hashed = hashlib.sha256()
    for file in files:
        hashed.update(file.read_bytes())
    return hashed.hexdigest()
