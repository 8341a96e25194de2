"""Weights of a bundle made earlier, to go on from: what it learned need not be paid for twice."""
import json
import pathlib

import numpy
import onnx
import torch
from onnx import numpy_helper


def started_from(network, bundle, words):
    """Fills the network with a bundle's weights; the bundle must have been made with the same vocabulary."""
    bundle = pathlib.Path(bundle)
    if json.loads((bundle / "vocabulary.json").read_text("utf-8")) != list(words):
        raise SystemExit(f"{bundle} was made with another vocabulary, so its word vectors belong to other words; leave out --start to train from nothing")
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(bundle / "model.onnx")).graph.initializer}
    with torch.no_grad():
        for name, weight in network.state_dict().items():
            weight.copy_(torch.from_numpy(numpy.array(weight_of(tensors, name, tuple(weight.shape)))))
    return network


def weight_of(tensors, name, shape):
    if f"{name}.small" in tensors:
        return tensors[f"{name}.small"].astype(numpy.float32) * tensors[f"{name}.scale"]
    if name in tensors:
        return tensors[name]
    # A matrix that multiplies from the right has lost its name and is stored turned.
    turned = [tensor for key, tensor in tensors.items() if key.startswith("onnx::MatMul") and tensor.shape == shape[::-1]]
    if len(turned) != 1:
        raise SystemExit(f"the bundle to start from holds no weights for {name}; it was made with another network")
    return turned[0].T
