"""Weights of a bundle made earlier, to go on from: what it learned need not be paid for twice."""
import json
import pathlib

import numpy
import onnx
import torch
from onnx import numpy_helper


def started_from(network, bundle, words):
    """Fills the network with a bundle's weights. Words that the bundle does not know keep the vectors they have, and so does what the bundle's are too narrow for."""
    bundle = pathlib.Path(bundle)
    known = json.loads((bundle / "vocabulary.json").read_text("utf-8"))
    row = {word: index + 1 for index, word in enumerate(known)}
    shared = [index for index, word in enumerate(words) if word in row]
    if len(shared) < len(known) // 2:
        raise SystemExit(f"{bundle} was made with another vocabulary, so its word vectors belong to other words; leave out --start to train from nothing")
    mine, theirs = [0, *(index + 1 for index in shared)], [0, *(row[words[index]] for index in shared)]
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(bundle / "model.onnx")).graph.initializer}
    width = tensors["words.weight.small"].shape[1]
    with torch.no_grad():
        for name, weight in network.state_dict().items():
            if name == "words.weight":
                weight[mine, :width] = torch.from_numpy(weight_of(tensors, name, ())[theirs])
            elif name == "project.weight":
                # What the new half of a word's vector is good for is still to be learned: until then the network says what the bundle says.
                weight.zero_()
                weight[:, :width] = torch.from_numpy(numpy.array(weight_of(tensors, name, (weight.shape[0], width))))
            else:
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
