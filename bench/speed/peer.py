"""The embedded model as somebody with PyTorch and transformers would run it: asked over stdin, a JSON object a line.

Weights are those of the ONNX graph, its 4-bit blocks and 8-bit embedding written out in floats. The decoder is
transformers' own; what the graph does with its last hidden state is evaluated by onnx from the graph itself.
"""

import json
import sys
import time

import numpy as np
import onnx
import torch
import transformers
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator

LAYERS = {
    "self_attn.q_proj": "q",
    "self_attn.k_proj": "k",
    "self_attn.v_proj": "v",
    "self_attn.o_proj": "o",
    "mlp.gate_proj": "g",
    "mlp.up_proj": "u",
    "mlp.down_proj": "dn",
}
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
HIDDEN = "h"


def nibbles(packed):
    """Two 4-bit numbers a byte, the lower half first."""
    out = np.empty((*packed.shape[:-1], packed.shape[-1] * 2), np.uint8)
    out[..., 0::2] = packed & 15
    out[..., 1::2] = packed >> 4
    return out


def dequantize(node, tensors):
    """Weights of a MatMulNBits, [out, in]."""
    a = {one.name: helper.get_attribute_value(one) for one in node.attribute}
    assert a["bits"] == 4, "only 4-bit weights are expected here"
    scales = tensors[node.input[2]].reshape(a["N"], -1)
    blocks = scales.shape[1]
    weights = nibbles(tensors[node.input[1]].reshape(a["N"], blocks, -1))
    zeros = nibbles(tensors[node.input[3]].reshape(a["N"], -1))[:, :blocks]
    floats = (weights.astype(np.float32) - zeros[:, :, None]) * scales[:, :, None]
    return floats.reshape(a["N"], -1)[:, : a["K"]]


def state_of(graph, tensors):
    """The decoder's weights under the names that transformers gives them."""
    products = {n.output[0]: n for n in graph.node if n.op_type == "MatMulNBits"}
    state = {
        "embed_tokens.weight": tensors["emb.q"].astype(np.float32) * tensors["emb.s"],
        "norm.weight": tensors["norm"],
    }
    layer = 0
    while f"layers.{layer}.n1" in tensors:
        name = f"layers.{layer}."
        state[name + "input_layernorm.weight"] = tensors[name + "n1"]
        state[name + "post_attention_layernorm.weight"] = tensors[name + "n2"]
        for theirs, ours in LAYERS.items():
            state[f"{name}{theirs}.weight"] = dequantize(products[f"{name}{ours}.o"], tensors)
        layer += 1
    return {name: torch.tensor(value) for name, value in state.items()}


def head_of(model):
    """What follows the last hidden state, as a graph of its own."""
    graph = model.graph
    last = next(i for i, node in enumerate(graph.node) if HIDDEN in node.output)
    nodes = list(graph.node)[last + 1 :]
    read = {name for node in nodes for name in node.input}
    value = lambda name, kind: helper.make_tensor_value_info(name, kind, None)
    head = helper.make_graph(
        nodes,
        "head",
        [value(HIDDEN, onnx.TensorProto.FLOAT), value("next_ids", onnx.TensorProto.INT64)],
        [value("logits", onnx.TensorProto.FLOAT)],
        [tensor for tensor in graph.initializer if tensor.name in read],
    )
    return ReferenceEvaluator(helper.make_model(head, opset_imports=model.opset_import))


def main(folder, graph_file, threads):
    torch.set_num_threads(threads)
    model = onnx.load(f"{folder}/{graph_file}")
    tensors = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    state = state_of(model.graph, tensors)
    config = transformers.LlamaConfig.from_pretrained(folder)
    decoders = {}
    for name, dtype in DTYPES.items():
        decoder = transformers.LlamaModel(config)
        missing, unexpected = decoder.load_state_dict(state, strict=False)
        assert not unexpected and not missing, f"missing {missing}, unexpected {unexpected}"
        decoders[name] = decoder.to(dtype).eval()
    head = head_of(model)
    answer(torch=torch.__version__, transformers=transformers.__version__, threads=torch.get_num_threads())
    for line in sys.stdin:
        asked = json.loads(line)
        ids = torch.tensor([asked["ids"]])
        with torch.inference_mode():
            started = time.perf_counter()
            hidden = decoders[asked["dtype"]](ids, use_cache=False).last_hidden_state
            seconds = time.perf_counter() - started
        if "nextIds" not in asked:
            answer(seconds=seconds)
            continue
        feeds = {HIDDEN: hidden.float().numpy(), "next_ids": np.array([asked["nextIds"]], np.int64)}
        answer(seconds=seconds, logits=head.run(["logits"], feeds)[0][0].tolist())


def answer(**fields):
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
