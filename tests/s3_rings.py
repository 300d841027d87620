"""Say which server of OpenStack Swift holds what: FOLDER account=PORT container=PORT object=PORT; runs in .tools/s3."""

import sys
from pathlib import Path


def write_ring(folder: Path, name: str, port: int) -> None:
    from swift.common.ring import RingBuilder

    ring = RingBuilder(0, 1, 1)
    disk = {"ip": "127.0.0.1", "port": port, "device": "d1", "region": 1, "zone": 1, "weight": 1.0}
    ring.add_dev(disk | {"replication_ip": "127.0.0.1", "replication_port": port})
    ring.rebalance()
    ring.get_ring().save(str(folder / f"{name}.ring.gz"))


if __name__ == "__main__":
    for word in sys.argv[2:]:
        write_ring(Path(sys.argv[1]), word.partition("=")[0], int(word.partition("=")[2]))
