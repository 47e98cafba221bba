"""The real round: ask the cluster, ask every phone, put both beside the export, and audit what came of it.

`python examples/python/cluster_round.py` plays it against a cluster on this machine (`made_up_cluster.py`). For a cluster of your
own, give its URL and set `PAGE`. crossgrade itself never touches the network: this program fetches, crossgrade reads.

Needs `pip install requests tqdm`.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor

import made_up_cluster
import requests
from tqdm import tqdm

import crossgrade as cg

PAGE = "http://{address}/DeviceInformationX"
"""Where a phone tells what it is."""

RISPORT = "/realtimeservice2/services/RISService70"
QUESTION = """<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soap="http://schemas.cisco.com/ast/soap">
<soapenv:Body><soap:selectCmDeviceExt><soap:StateInfo/><soap:CmSelectionCriteria><soap:MaxReturnedDevices>1000</soap:MaxReturnedDevices>
<soap:DeviceClass>Phone</soap:DeviceClass><soap:Model>255</soap:Model><soap:Status>Any</soap:Status><soap:SelectBy>Name</soap:SelectBy>
<soap:SelectItems><soap:item><soap:Item>*</soap:Item></soap:item></soap:SelectItems></soap:CmSelectionCriteria>
</soap:selectCmDeviceExt></soapenv:Body></soapenv:Envelope>"""


def ask_risport(cluster: str, credentials: tuple[str, str] | None = None) -> cg.Fleet:
    """Ask which phones are registered. With zeep, hand its answer to `cg.read_risport` as it is."""
    headers = {"Content-Type": "text/xml", "SOAPAction": '"http://schemas.cisco.com/ast/soap/action/#RisPort70#SelectCmDeviceExt"'}
    answer = requests.post(cluster + RISPORT, data=QUESTION, headers=headers, auth=credentials, timeout=30)
    answer.raise_for_status()
    return cg.read_risport(answer.content)


def fetch_page(url: str) -> bytes | None:
    """Fetch what a phone says of itself; None if nothing came. What came instead of it is kept: crossgrade says what it is."""
    try:
        return requests.get(url, timeout=1).content
    except requests.RequestException:
        return None


def fetch_pages(addresses: list[str], page: str, workers: int = 16) -> list[tuple[str, bytes | None]]:
    """Fetch the pages of many phones at once, with a bar. Every address that was asked is in the answer."""
    with ThreadPoolExecutor(workers) as pool:
        urls = (page.format(address=address) for address in addresses)
        pages = tqdm(pool.map(fetch_page, urls), total=len(addresses), unit=" phones", desc="pages")
        return list(zip(addresses, pages, strict=True))


def round_of(cluster: str, page: str, export: cg.Fleet) -> cg.Fleet:
    """One fleet of what the export, the cluster and the phones say."""
    registered = ask_risport(cluster)
    # Two phones may have had one address at different times: it is asked once.
    addresses = sorted({address for address in registered.to_dict()["ip_address"] if address})
    pages = cg.read_device_pages(fetch_pages(addresses, page))
    return cg.merge(export, registered, pages)


def main() -> None:
    """Play the round and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("cluster", nargs="?", help="URL of Unified CM; a cluster on this machine if none is given")
    parser.add_argument("--to", default="third-party", choices=[str(word) for word in cg.Destination])
    options = parser.parse_args()
    export = cg.read_csv(made_up_cluster.CLUSTER / "export.csv")
    if options.cluster:
        fleet = round_of(options.cluster, PAGE, export)
    else:
        with made_up_cluster.running() as cluster:
            fleet = round_of(cluster, cluster + "/{address}/DeviceInformationX", export)
    print(fleet)
    audit = cg.audit(fleet, destination=options.to, progress=True)
    print(audit.summary())


if __name__ == "__main__":
    main()
