"""Asks a scoring service by the Open Inference Protocol, with clients that others wrote.

    python3 inference.py http://127.0.0.1:8080

Every answer is compared with that of /v1/score to the same pictures.
"""

import base64
import json
import struct
import sys
import urllib.error
import urllib.request
import zlib

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

MODEL = "radstream"


def png(seed, side=96):
    """A gray picture of noise on a slope."""
    noise = np.random.default_rng(seed).integers(0, 60, (side, side))
    pixels = (np.linspace(20, 190, side)[None, :] + noise).astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(name, data):
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def post(url, body, headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


class Check:
    def __init__(self, url):
        self.url = url
        self.client = triton.InferenceServerClient(url.split("//")[1])
        self.done = 0

    def that(self, what, holds):
        if not holds:
            sys.exit(f"inference-protocol: FAILED: {what}")
        self.done += 1
        print(f"  ok  {what}")

    def score(self, views):
        """What /v1 says."""
        study = {"views": [{"image": base64.b64encode(view).decode()} for view in views]}
        status, _, body = post(
            self.url + "/v1/score", json.dumps(study).encode(), {"Content-Type": "application/json"}
        )
        assert status == 200, body
        return json.loads(body)

    def same(self, what, findings, rows, studies):
        expected = [self.score(views)["probabilities"] for views in studies]
        names = [f.decode() if isinstance(f, bytes) else f for f in np.array(findings).ravel()]
        self.that(f"{what}: the findings are those of /v1", names == list(expected[0]))
        wanted = np.array([list(one.values()) for one in expected])
        difference = np.abs(np.array(rows) - wanted).max()
        self.that(f"{what}: probabilities of /v1 (differ by {difference:.1e})", difference < 1e-6)


def images(studies, binary):
    places = max(len(views) for views in studies)
    data = np.empty((len(studies), places), dtype=np.object_)
    for i, views in enumerate(studies):
        for j in range(places):
            view = views[j] if j < len(views) else b""
            data[i, j] = view if binary else base64.b64encode(view)
    tensor = triton.InferInput("image", list(data.shape), "BYTES")
    tensor.set_data_from_numpy(data, binary_data=binary)
    return tensor


def with_triton(check):
    client = check.client
    check.that("triton: live and ready", client.is_server_live() and client.is_server_ready())
    check.that("triton: model ready", client.is_model_ready(MODEL))
    check.that("triton: no other model is", not client.is_model_ready("another"))
    server = client.get_server_metadata()
    check.that("triton: binary extension", "binary_tensor_data" in server["extensions"])
    model = client.get_model_metadata(MODEL)
    check.that("triton: metadata", model["inputs"][0]["name"] == "image" and model["versions"])
    check.that("triton: config", client.get_model_config(MODEL)["max_batch_size"] == 0)
    index = client.get_model_repository_index()
    check.that("triton: index", index[0]["name"] == MODEL and index[0]["state"] == "READY")

    studies = [[png(1), png(2)], [png(3)], [png(4), png(5), png(6), png(7)]]
    for binary in (True, False):
        form = "binary" if binary else "JSON"
        answer = client.infer(MODEL, [images(studies, binary)], request_id="r-17")
        check.same(f"triton, {form} in", answer.as_numpy("finding"),
                   answer.as_numpy("probabilities"), studies)
        check.that(f"triton, {form} in: id", answer.get_response()["id"] == "r-17")
        outputs = [triton.InferRequestedOutput(name, binary_data=binary)
                   for name in ("vector", "probabilities", "finding", "checkpoint")]
        answer = client.infer(MODEL, [images(studies, binary)], outputs=outputs)
        check.same(f"triton, {form} in and out", answer.as_numpy("finding"),
                   answer.as_numpy("probabilities"), studies)
        norms = np.linalg.norm(answer.as_numpy("vector"), axis=1)
        check.that(f"triton, {form} out: unit vectors", np.allclose(norms, 1, atol=1e-5))
    version = model["versions"][0]
    answer = client.infer(MODEL, [images(studies, True)], model_version=version)
    check.same("triton, by version", answer.as_numpy("finding"),
               answer.as_numpy("probabilities"), studies)
    check.that("triton, by version: named",
               answer.as_numpy("checkpoint")[0].decode() == version)
    for packing in ("gzip", "deflate"):
        answer = client.infer(MODEL, [images(studies, True)],
                              request_compression_algorithm=packing,
                              response_compression_algorithm=packing)
        check.same(f"triton, {packing}", answer.as_numpy("finding"),
                   answer.as_numpy("probabilities"), studies)
    several = [client.async_infer(MODEL, [images([views], True)]) for views in studies]
    rows = [one.get_result().as_numpy("probabilities")[0] for one in several]
    check.same("triton, at once", answer.as_numpy("finding"), rows, studies)
    for what, name, wanted in (
        ("broken picture", MODEL, ("400", "study 2, view 1")),
        ("no such model", "another", ("404", "no such model")),
    ):
        try:
            client.infer(name, [images([[png(1)], [png(2)[:200]]], True)])
            check.that(f"triton: {what} is refused", False)
        except InferenceServerException as error:
            check.that(f"triton: {what} is refused: {error.message()}",
                       error.status() == wanted[0] and wanted[1] in error.message())


def bare(check):
    status, headers, body = post(
        f"{check.url}/v2/models/{MODEL}/infer", png(8),
        {"Inference-Header-Content-Length": "0", "Content-Type": "application/octet-stream"})
    answer = triton.InferenceServerClient.parse_response_body(
        body, header_length=int(headers["Inference-Header-Content-Length"]))
    check.that("a bare picture", status == 200)
    check.same("a bare picture", answer.as_numpy("finding"),
               answer.as_numpy("probabilities"), [[png(8)]])


def with_kserve(check):
    try:
        from kserve.protocol.infer_type import InferInput, InferRequest, InferResponse
    except ImportError as error:
        print(f"  --  KServe's own forms are left out: {error}")
        return
    studies = [[png(1)], [png(2)]]
    data = np.array([[views[0]] for views in studies], dtype=np.object_)
    tensor = InferInput("image", list(data.shape), "BYTES")
    tensor.set_data_from_numpy(data, binary_data=True)
    body, length = InferRequest(MODEL, [tensor], request_id="k-1").to_rest()
    status, headers, answer = post(
        f"{check.url}/v2/models/{MODEL}/infer", body,
        {"Content-Type": "application/octet-stream",
         "Inference-Header-Content-Length": str(length)})
    check.that(f"kserve, binary in ({status})", status == 200)
    head = headers.get("Inference-Header-Content-Length", len(answer))
    outputs = {one.name: one for one in InferResponse.from_bytes(answer, int(head)).outputs}
    check.same("kserve", outputs["finding"].as_numpy(), outputs["probabilities"].as_numpy(), studies)


def main():
    check = Check(sys.argv[1])
    with_triton(check)
    bare(check)
    with_kserve(check)
    print(f"inference-protocol: ok, {check.done} checks")


if __name__ == "__main__":
    main()
