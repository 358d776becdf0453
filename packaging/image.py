"""A container image from nothing: the program, certificates, a home for the cache. In OCI's layout, with the file that
older versions of `docker load` look for as well."""
import datetime
import hashlib
import json

from release import File, tar, zipped

USER = 65532  # as in distroless images: nobody's
HOME = "home/howopen/"


def image(release, tree, certificates):
    layer = tar({"usr/bin/howopen": tree["bin/howopen"],
                 "usr/share/doc/howopen/LICENSE": tree["share/doc/howopen/LICENSE"],
                 "usr/share/doc/howopen/THIRD-PARTY": tree["share/doc/howopen/THIRD-PARTY"],
                 "etc/ssl/certs/ca-certificates.crt": File(certificates),
                 "etc/passwd": File(f"howopen:x:{USER}:{USER}::/{HOME[:-1]}:/sbin/nologin\n".encode()),
                 HOME: File(b"", 0o700), "work/": File(b"", 0o755), "tmp/": File(b"", 0o1777)},
                release.epoch, {HOME: USER})
    packed = zipped(layer)
    created = datetime.datetime.fromtimestamp(release.epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    labels = {"org.opencontainers.image.title": "howopen",
              "org.opencontainers.image.description": release.summary,
              "org.opencontainers.image.version": release.version,
              "org.opencontainers.image.revision": release.commit,
              "org.opencontainers.image.created": created,
              "org.opencontainers.image.licenses": "Apache-2.0"}
    blobs = {}

    def blob(data, kind, **more):
        digest = hashlib.sha256(data).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = File(data)
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(data), **more}

    def as_json(value):
        return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()

    platform = {"architecture": release.debian_machine, "os": "linux"}
    config = blob(as_json({**platform, "created": created,
                           "config": {"User": f"{USER}:{USER}", "Entrypoint": ["/usr/bin/howopen"],
                                      "Env": ["PATH=/usr/bin", f"HOME=/{HOME[:-1]}"], "WorkingDir": "/work",
                                      "Labels": labels},
                           "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
                           "history": [{"created": created, "created_by": "howopen dist"}]}), "config.v1+json")
    only_layer = blob(packed, "layer.v1.tar+gzip")
    manifest = blob(as_json({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                             "config": config, "layers": [only_layer], "annotations": labels}), "manifest.v1+json",
                    platform=platform, annotations={"org.opencontainers.image.ref.name": release.version})
    place = {part["digest"]: "blobs/sha256/" + part["digest"][7:] for part in (config, only_layer)}
    layout = {"oci-layout": File(as_json({"imageLayoutVersion": "1.0.0"})),
              "index.json": File(as_json({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
                                          "manifests": [manifest]})),
              "manifest.json": File(as_json([{"Config": place[config["digest"]], "Layers": [place[only_layer["digest"]]],
                                              "RepoTags": [f"howopen:{release.version}"]}])), **blobs}
    return {f"{release.name}.oci.tar": tar(layout, release.epoch)}
