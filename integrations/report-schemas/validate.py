"""Holds the reports in a folder against their schemas, and says of each what it holds."""

import json
import sys
from pathlib import Path

import jsonschema
from lxml import etree

work, gitlab = Path(sys.argv[1]), Path(sys.argv[2])
package = work / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
xsd = etree.XMLSchema(etree.parse(work / "pytest-8.3.4/testing/example_scripts/junit-10.xsd"))
faults = []


def of_json(schema_file, files, count):
    schema = json.loads(schema_file.read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    for file in sorted(work.glob(files)):
        report = json.loads(file.read_text())
        found = [f"{file.name}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(report)]
        tell(file, count(report), found)


def tell(file, number, found):
    faults.extend(found)
    print(f"{file.name}: {number} entries, {len(found)} faults")
    if number == 0:
        faults.append(f"{file.name} is empty, and shows nothing")


of_json(package, "*.sarif", lambda report: len(report["runs"][0]["results"]))
of_json(gitlab, "*.gitlab.json", len)
for file in sorted(work.glob("*.xml")):
    report = etree.parse(file)
    xsd.validate(report)
    tell(file, len(report.findall(".//testcase")), [f"{file.name}: {error}" for error in xsd.error_log])
sys.exit("\n".join(faults))
