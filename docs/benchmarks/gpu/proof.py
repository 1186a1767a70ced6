"""Proof that Spark gives each GPU one task and one process, on a standalone cluster of this machine. Python 3.9, nothing else.

    proof.py bundle FOLDER          packs a Java, a Spark of the classes that the proof needs, and the product into FOLDER
    proof.py app FOLDER             packs the product again into a bundle that is there
    proof.py run --bundle FOLDER    unpacks it and runs the proof
    proof.py run                    the same with JAVA_HOME, a class path file and the built product of this repository

--dry runs it with made-up GPUs and a job without torch. The log goes to standard output, the last line is the summary as JSON;
with --out FOLDER log.txt, summary.json and gpu.csv are written as well. Exit code 0 when every claim holds.
"""

import argparse
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
MAIN = "org.rtpipeline.spark.SegmentationProof"
JUNK = re.compile(r"META-INF/(INDEX\.LIST|.*\.(SF|RSA|DSA))$")
CONTOUR_DATA = re.compile(rb"\x06\x30\x50\x00DS")
NATIVE = re.compile(r"\.(so|dylib|dll|jnilib)$")
MODULES = (
    "java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,"
    "java.xml,java.instrument,java.scripting,java.rmi,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.zipfs,jdk.security.auth,"
    "jdk.incubator.vector"
)
FLAGS = re.search(r"<spark.jvm.flags>([^<]*)<", open(os.path.join(HOME, "pom.xml"), encoding="utf-8").read()).group(1).split()
BAD_ADDRESS = "GPU-00000000-0000-0000-0000-000000000000"


class Log:
    def __init__(self):
        self.lines = []
        self.start = time.time()

    def __call__(self, text):
        line = "%7.1f s  %s" % (time.time() - self.start, text)
        self.lines.append(line)
        print(line, flush=True)


log = Log()


def java(java_home):
    return os.path.join(java_home, "bin", "java") if java_home else "java"


# ---- the jars -------------------------------------------------------------------------------------------------------------


def class_path():
    """Jars of the product's class path, as Maven resolves them."""
    file = os.path.join(HOME, "target", "proof.classpath")
    if not os.path.exists(file):
        command = ["mvn", "-q", "-B", "-o", "dependency:build-classpath", "-DincludeScope=test", "-Dmdep.outputFile=" + file]
        subprocess.run(command, cwd=HOME, check=True)
    with open(file, encoding="utf-8") as text:
        return [jar for jar in text.read().strip().split(":") if jar.endswith(".jar")]


def app_jar(target, classes, tests):
    """The product without its tables and pages, and the program of the proof."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as jar:
        for root, wanted in ((classes, lambda name: True), (tests, lambda name: re.search(r"/(SegmentationProof|Runs|Phantoms)", name))):
            for folder, _, files in sorted(os.walk(root)):
                for file in sorted(files):
                    path = os.path.join(folder, file)
                    name = os.path.relpath(path, root)
                    if wanted("/" + name):
                        jar.write(path, name)


def spark_home(folder, jars):
    os.makedirs(os.path.join(folder, "jars"), exist_ok=True)
    open(os.path.join(folder, "RELEASE"), "w").close()
    for jar in jars:
        target = os.path.join(folder, "jars", os.path.basename(jar))
        if not os.path.exists(target):
            os.symlink(jar, target)
    return folder


def loaded_classes(folder):
    """Classes by the jar they came from, of all Java logs of a folder."""
    found = {}
    for file in glob.glob(os.path.join(folder, "*.load")):
        with open(file, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                match = re.search(r"\] (\S+) source: (?:file:)?(\S+\.jar)", line)
                if match:
                    jar = os.path.basename(match.group(2))
                    found.setdefault(jar, set()).add(match.group(1).split("/0x")[0].replace(".", "/"))
    return found


def thin(jar, target, packages):
    """Unpacks what the proof needs of a jar: whole packages of which a class was loaded, and all that is no class."""
    with zipfile.ZipFile(jar) as whole:
        for entry in whole.infolist():
            name = entry.filename
            package = re.sub(r"^META-INF/versions/\d+/", "", os.path.dirname(name))
            if entry.is_dir() or JUNK.search(name) or NATIVE.search(name) or name.startswith("META-INF/maven/"):
                continue
            if name.endswith(".class") and package not in packages:
                continue
            if not name.endswith(".class") and entry.file_size > 500_000:
                continue
            path = os.path.join(target, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(whole.read(entry))


def bundle(arguments):
    work = tempfile.mkdtemp(prefix="proof-bundle-")
    os.makedirs(arguments.folder, exist_ok=True)
    jars = class_path()
    home = spark_home(os.path.join(work, "spark"), jars)
    app = os.path.join(work, "app.jar")
    app_jar(app, arguments.classes, arguments.tests)
    log("trial run, to see which classes are needed")
    loads = os.path.join(work, "loads")
    os.makedirs(loads)
    os.environ["JAVA_TOOL_OPTIONS"] = "-Xlog:class+load:file=%s/%%p.load" % loads
    summary = proof(Places(home, app, "", True, os.path.join(work, "trial")), ["two", "kill"])
    del os.environ["JAVA_TOOL_OPTIONS"]
    if not summary["holds"]:
        sys.exit("the trial run does not hold: " + json.dumps(summary))
    by_jar = loaded_classes(loads)
    thinned = os.path.join(work, "thin")
    for jar in jars:
        name = os.path.basename(jar)
        if name in by_jar:
            whole = name.startswith(("spark-", "scala-library"))
            packages = everything() if whole else {os.path.dirname(c) for c in by_jar[name]}
            thin(jar, os.path.join(thinned, name), packages)
    shutil.copy(app, os.path.join(arguments.folder, "app.jar"))
    log("packing %d jars" % len(by_jar))
    pack(thinned, os.path.join(arguments.folder, "spark.tar.xz"))
    image = os.path.join(work, "java")
    subprocess.run(["jlink", "--add-modules", MODULES, "--strip-debug", "--no-man-pages", "--no-header-files", "--compress=0", "--output", image], check=True)
    pack(image, os.path.join(arguments.folder, "java.tar.xz"))
    for file in ("spark.tar.xz", "java.tar.xz", "app.jar"):
        log("%s %.1f MiB" % (file, os.path.getsize(os.path.join(arguments.folder, file)) / 2**20))
    shutil.rmtree(work)


class everything:
    def __contains__(self, package):
        return True


def pack(folder, target):
    with open(target, "wb") as out:
        tar = subprocess.Popen(["tar", "-C", folder, "--sort=name", "-cf", "-", "."], stdout=subprocess.PIPE)
        subprocess.run(["xz", "-7", "-T1", "-c"], stdin=tar.stdout, stdout=out, check=True)
        if tar.wait() != 0:
            sys.exit("tar failed")


def unbundle(folder, work):
    """Java and Spark of a bundle; jars are zipped again, each with its folders as entries, without an index."""
    for name in ("java", "spark"):
        with tarfile.open(os.path.join(folder, name + ".tar.xz")) as packed:
            packed.extractall(os.path.join(work, name + ".raw"))
    home = os.path.join(work, "spark")
    os.makedirs(os.path.join(home, "jars"))
    open(os.path.join(home, "RELEASE"), "w").close()
    raw = os.path.join(work, "spark.raw")
    for jar in sorted(os.listdir(raw)):
        root = os.path.join(raw, jar)
        with zipfile.ZipFile(os.path.join(home, "jars", jar), "w") as target:
            for place, folders, files in sorted(os.walk(root)):
                if place != root:
                    target.writestr(os.path.relpath(place, root) + "/", "")
                for file in sorted(files):
                    path = os.path.join(place, file)
                    target.write(path, os.path.relpath(path, root))
    return os.path.join(work, "java.raw"), home, os.path.abspath(os.path.join(folder, "app.jar"))


# ---- the cluster ----------------------------------------------------------------------------------------------------------


class Places:
    def __init__(self, spark, app, java_home, dry, work):
        self.spark = spark
        self.app = app
        self.java_home = java_home
        self.dry = dry
        self.work = work
        os.makedirs(work, exist_ok=True)
        self.input = os.path.join(work, "dicom")

    def environment(self):
        names = dict(os.environ, SPARK_HOME=self.spark, SPARK_SCALA_VERSION="2.13", SPARK_LOCAL_IP="127.0.0.1")
        names["SPARK_WORKER_DIR"] = os.path.join(self.work, "spark-work")
        names["RTPIPELINE_KEY_FILE"] = os.path.join(self.work, "site.key")
        if self.java_home:
            names["JAVA_HOME"] = self.java_home
        return names

    def java(self, main, *options):
        return [java(self.java_home), *FLAGS, "-Xmx1g", *options, "-cp", os.path.join(self.spark, "jars") + "/*", main]


class Cluster:
    """A master and one worker that announces some addresses."""

    def __init__(self, places, addresses):
        self.processes = []
        self.places = places
        script = os.path.join(places.work, "discovery-%d.sh" % len(os.listdir(places.work)))
        with open(script, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho '%s'\n" % json.dumps({"name": "gpu", "addresses": addresses}))
        os.chmod(script, 0o755)
        try:
            self.master = self.said(
                "master",
                r"(spark://127\.0\.0\.1:\d+)",
                places.java("org.apache.spark.deploy.master.Master") + ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"],
            )
            self.said(
                "worker",
                r"(Successfully registered)",
                places.java(
                    "org.apache.spark.deploy.worker.Worker",
                    "-Dspark.worker.resource.gpu.amount=%d" % len(addresses),
                    "-Dspark.worker.resource.gpu.discoveryScript=" + script,
                )
                + ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", "--cores", "4", "--memory", "3g", self.master],
            )
        except BaseException:
            self.close()
            raise

    def said(self, name, pattern, command):
        path = os.path.join(self.places.work, "%s-%d.log" % (name, int(time.time() * 1000)))
        with open(path, "wb") as out:
            process = subprocess.Popen(command, env=self.places.environment(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        self.processes.append(process)
        end = time.time() + 120
        while time.time() < end and process.poll() is None:
            with open(path, encoding="utf-8", errors="replace") as text:
                match = re.search(pattern, text.read())
            if match:
                return match.group(1)
            time.sleep(0.2)
        with open(path, encoding="utf-8", errors="replace") as text:
            sys.exit("the %s does not start:\n%s" % (name, text.read()[-3000:]))

    def close(self):
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


class Run:
    """One submission with its own output folder and its own copy of the job."""

    def __init__(self, cluster, name, gpus):
        self.places = cluster.places
        self.name = name
        self.output = os.path.join(self.places.work, "run-" + name)
        os.makedirs(self.output)
        self.plugin = os.path.join(self.output, "proof_plugin.py")
        shutil.copy(os.path.join(HERE, "proof_plugin.py"), self.plugin)
        if self.places.dry:
            open(os.path.join(self.output, "PROOF_DRY_RUN"), "w").close()
        self.console = os.path.join(self.output, "console.txt")
        settings = {
            "spark.executor.memory": "2g",
            "spark.executor.cores": "4",
            "spark.executor.instances": "1",
            "spark.executor.resource.gpu.amount": str(gpus),
            "spark.io.compression.codec": "lz4",
            "spark.shuffle.mapStatus.compression.codec": "lz4",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
        command = self.places.java("org.apache.spark.deploy.SparkSubmit") + ["--master", cluster.master, "--class", MAIN]
        for key, value in settings.items():
            command += ["--conf", key + "=" + value]
        command += [self.places.app, self.places.input, self.output, self.plugin, sys.executable, "{worker}"]
        self.start = time.time()
        with open(self.console, "wb") as out:
            self.process = subprocess.Popen(
                command, env=self.places.environment(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    def record(self):
        path = os.path.join(self.output, "record.jsonl")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.endswith("\n")]

    def images(self):
        return [entry for entry in self.record() if entry["what"] == "image"]

    def wait_for(self, what, most=150):
        end = time.time() + most
        while time.time() < end:
            if what():
                return True
            if self.process.poll() is not None:
                return what()
            time.sleep(0.1)
        return False

    def finish(self, most=240):
        try:
            self.process.wait(most)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        with open(self.console, encoding="utf-8", errors="replace") as text:
            said = text.read()
        path = os.path.join(self.output, "proof.json")
        if not os.path.exists(path):
            causes = [line for line in said.splitlines() if "Caused by" in line or "Exception" in line]
            sys.exit("run %s has no result:\n%s\n%s" % (self.name, "\n".join(causes[:20]), said[-3000:]))
        with open(path, encoding="utf-8") as file:
            return json.load(file)

    def digests(self):
        """What was found, by course: the structures with their measures, and every contour. Identifiers differ between runs."""
        found = {}
        for manifest in glob.glob(os.path.join(self.output, "courses", "*", "segmentation", "*", "manifest.txt")):
            folder = os.path.dirname(manifest)
            digest = hashlib.sha256()
            with open(os.path.join(folder, "structures.json"), encoding="utf-8") as file:
                digest.update(json.dumps(json.load(file)["structures"], sort_keys=True).encode())
            with open(os.path.join(folder, "RS_auto.dcm"), "rb") as file:
                for contour in CONTOUR_DATA.split(file.read())[1:]:
                    digest.update(contour[2:2 + int.from_bytes(contour[:2], "little")])
            found[manifest.split(os.sep)[-4]] = digest.hexdigest()
        return found


class Sampler:
    """Compute processes of each GPU, several times a second."""

    QUERY = ["nvidia-smi", "--query-compute-apps=gpu_uuid,pid,used_memory", "--format=csv,noheader,nounits"]

    def __init__(self, dry):
        self.samples = []
        self.dry = dry
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def now(self):
        if self.dry:
            return []
        text = subprocess.run(self.QUERY, capture_output=True, text=True).stdout
        rows = [line.split(", ") for line in text.splitlines() if line.startswith("GPU-")]
        return [(row[0], int(row[1]), row[2]) for row in rows]

    def _sample(self):
        while not self._ends.wait(0.15):
            self.samples.append((time.time(), self.now()))

    def close(self):
        self._ends.set()
        self._thread.join()

    def most_at_once(self):
        most = {}
        for _, rows in self.samples:
            for uuid in {row[0] for row in rows}:
                most[uuid] = max(most.get(uuid, 0), len({row[1] for row in rows if row[0] == uuid}))
        return most


# ---- the claims -----------------------------------------------------------------------------------------------------------


def overlaps(images):
    """Pairs of images that one address had at the same time."""
    count = 0
    for i, one in enumerate(images):
        for other in images[i + 1 :]:
            if one["address"] == other["address"] and one["start"] < other["end"] and other["start"] < one["end"]:
                count += 1
    return count


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pids, sampler, seconds):
    """Time until no such process is left and no GPU has one of them, s; none when it stays."""
    start = time.time()
    while time.time() - start < seconds:
        if not any(alive(pid) for pid in pids) and not [row for row in sampler.now() if row[1] in pids]:
            return round(time.time() - start, 2)
        time.sleep(0.2)
    return None


def beside(report):
    """Whether the pass on manual structures ran while courses were segmented, by the driver's listener; s."""
    gpu = [t for t in report["tasks"] if t["stage"] == "SEGMENTATION" and t["ok"]]
    cpu = [t for t in report["tasks"] if t["stage"] == "DVH" and t["ok"]]
    common = 0
    for c in cpu:
        common = max([common] + [min(c["endMillis"], g["endMillis"]) - max(c["startMillis"], g["startMillis"]) for g in gpu])
    return common / 1000.0


def two(places, addresses, claims, facts):
    cluster = Cluster(places, addresses)
    sampler = Sampler(places.dry)
    try:
        run = Run(cluster, "two", len(addresses))
        report = run.finish()
    finally:
        sampler.close()
        cluster.close()
    images = run.images()
    shares = {a: sum(1 for i in images if i["address"] == a) for a in addresses}
    pids = {a: sorted({i["pid"] for i in images if i["address"] == a}) for a in addresses}
    facts["two_gpus"] = {
        "stage_seconds": (report["endMillis"] - report["startMillis"]) / 1000.0,
        "span_seconds": span(images),
        "courses_per_address": shares,
        "workers_per_address": pids,
        "processes_at_once": sampler.most_at_once(),
        "samples": len(sampler.samples),
        "cpu_pass_beside_seconds": beside(report),
        "peak_mib": max([i["peak_mib"] for i in images] or [0]),
        "load_seconds": [round(e["seconds"], 2) for e in run.record() if e["what"] == "loaded"],
    }
    claims["all 12 courses done"] = len(images) == 12 and all(c["outcome"] == "DONE" for c in report["courses"])
    claims["never two courses on one address"] = overlaps(images) == 0
    claims["at most one compute process on a GPU"] = all(most <= 1 for most in sampler.most_at_once().values())
    claims["both addresses used, shares within 40 to 60 %"] = all(0.4 * 12 <= n <= 0.6 * 12 for n in shares.values())
    claims["one warm worker for each address"] = all(len(p) == 1 for p in pids.values())
    claims["torch sees the address it was given"] = all(i["uuid"] == i["address"] for i in images)
    claims["the CPU pass ran beside the GPU stage"] = beside(report) > 0
    left = [p for ps in pids.values() for p in ps]
    facts["two_gpus"]["seconds_until_nothing_was_left"] = gone_within(left, sampler, 30)
    claims["no process is left after the run"] = facts["two_gpus"]["seconds_until_nothing_was_left"] is not None
    facts["gpu_csv"] = sampler.samples
    facts["digests"] = run.digests()


def span(images):
    return round(max(i["end"] for i in images) - min(i["start"] for i in images), 2) if images else 0


def one(places, addresses, claims, facts):
    cluster = Cluster(places, addresses[:1])
    try:
        run = Run(cluster, "one", 1)
        report = run.finish()
    finally:
        cluster.close()
    images = run.images()
    ratio = facts["two_gpus"]["span_seconds"] / max(0.001, span(images))
    stage = (report["endMillis"] - report["startMillis"]) / 1000.0
    facts["one_gpu"] = {
        "stage_seconds": stage,
        "span_seconds": span(images),
        "ratio_of_spans": round(ratio, 3),
        "ratio_of_stages": round(facts["two_gpus"]["stage_seconds"] / stage, 3),
    }
    claims["two GPUs take at most 0.6 of the time of one"] = ratio <= 0.6
    claims["labels are identical on one and on two GPUs"] = len(run.digests()) == 12 and run.digests() == facts["digests"]


def in_the_middle(run):
    """The last event of a worker that has begun an image and not finished it; None when all are idle."""
    last = {event["pid"]: event for event in run.record() if event["what"] in ("begin", "image")}
    return next((event for event in last.values() if event["what"] == "begin"), None)


def kill(places, addresses, claims, facts):
    cluster = Cluster(places, addresses)
    sampler = Sampler(places.dry)
    try:
        run = Run(cluster, "kill", len(addresses))
        run.wait_for(lambda: len({e["address"] for e in run.images()}) == len(addresses))
        seen = []
        run.wait_for(lambda: seen.append(in_the_middle(run)) or seen[-1] is not None)
        busy = seen[-1]
        os.kill(busy["pid"], signal.SIGKILL)
        log("killed worker %d of %s in the middle of a course" % (busy["pid"], busy["address"]))
        report = run.finish()
    finally:
        sampler.close()
        cluster.close()
    images = run.images()
    others = {i["pid"] for i in images if i["address"] != busy["address"]}
    said = [f for c in report["courses"] for f in c["findings"] if "137" in f]
    facts["killed_worker"] = {"pid": busy["pid"], "said": said, "workers": sorted({i["pid"] for i in images})}
    claims["after a killed worker all courses are done"] = all(c["outcome"] == "DONE" for c in report["courses"]) and len(report["courses"]) == 12
    claims["the killed worker's course was tried again and says so"] = len(said) == 1
    claims["the other GPU kept its worker"] = len(others) == len(addresses) - 1
    claims["at most one compute process on a GPU, also then"] = all(most <= 1 for most in sampler.most_at_once().values())
    if "digests" in facts:
        claims["labels are identical after the kill"] = run.digests() == facts["digests"]
    claims["no process is left after the kill"] = gone_within({i["pid"] for i in images}, sampler, 30) is not None


def driver(places, addresses, claims, facts):
    cluster = Cluster(places, addresses)
    sampler = Sampler(places.dry)
    try:
        run = Run(cluster, "driver", len(addresses))
        run.wait_for(lambda: len({e["address"] for e in run.images()}) == len(addresses))
        pids = {e["pid"] for e in run.record()}
        busy = sampler.now()
        os.killpg(run.process.pid, signal.SIGKILL)
        log("killed the driver while %d workers were busy" % len(pids))
        run.process.wait()
        seconds = gone_within(pids, sampler, 30)
    finally:
        sampler.close()
        cluster.close()
    facts["killed_driver"] = {"compute_processes_before": len(busy), "seconds_until_nothing_was_left": seconds}
    claims["no worker outlives a killed driver by 30 s"] = seconds is not None


def absent(places, addresses, claims, facts):
    cluster = Cluster(places, [BAD_ADDRESS])
    try:
        run = Run(cluster, "absent", 1)
        report = run.finish()
    finally:
        cluster.close()
    findings = [f for c in report["courses"] for f in c["findings"]]
    facts["absent_gpu"] = {"outcomes": sorted({c["outcome"] for c in report["courses"]}), "finding": findings[:1]}
    claims["an address without GPU fails, and nothing computes on cores"] = (
        not run.images() and len(findings) >= 12 and all("GPU_UNAVAILABLE" in f for f in findings)
    )


STEPS = {"two": two, "one": one, "kill": kill, "driver": driver, "absent": absent}


def proof(places, steps):
    if places.dry:
        addresses = ["GPU-made-up-0", "GPU-made-up-1"]
    else:
        text = subprocess.run(["nvidia-smi", "--query-gpu=uuid", "--format=csv,noheader"], capture_output=True, text=True).stdout
        addresses = text.split()[:2]
        if len(addresses) < 2:
            sys.exit("this proof needs two GPUs, found %d" % len(addresses))
    claims, facts = {}, {}
    for step in steps:
        if step == "absent" and places.dry:
            continue
        log("step %s" % step)
        STEPS[step](places, addresses, claims, facts)
        shown = {key: value for key, value in facts.items() if key not in ("gpu_csv", "digests")}
        log(json.dumps(list(shown.items())[-1]))
    samples = facts.pop("gpu_csv", [])
    facts["digests"] = len(set(facts.get("digests", {}).values()))
    for claim, holds in claims.items():
        log("%s  %s" % ("holds " if holds else "BROKEN", claim))
    return {"holds": all(claims.values()), "claims": claims, "facts": facts, "samples": samples}


def run(arguments):
    work = tempfile.mkdtemp(prefix="proof-")
    if arguments.bundle:
        java_home, home, app = unbundle(arguments.bundle, work)
        log("unpacked")
    else:
        java_home = os.environ.get("JAVA_HOME", "")
        home = spark_home(os.path.join(work, "spark"), class_path())
        app = os.path.join(work, "app.jar")
        app_jar(app, arguments.classes, arguments.tests)
    summary = proof(Places(home, app, java_home, arguments.dry, os.path.join(work, "runs")), arguments.steps.split(","))
    samples = summary.pop("samples")
    if not arguments.dry:
        query = ["nvidia-smi", "--query-gpu=name,driver_version,uuid", "--format=csv,noheader"]
        summary["gpus"] = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    summary["seconds"] = round(time.time() - log.start, 1)
    if arguments.out:
        os.makedirs(arguments.out, exist_ok=True)
        with open(os.path.join(arguments.out, "summary.json"), "w", encoding="utf-8") as file:
            json.dump(summary, file, indent=2)
        with open(os.path.join(arguments.out, "log.txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(log.lines) + "\n")
        with open(os.path.join(arguments.out, "gpu.csv"), "w", encoding="utf-8") as file:
            file.write("seconds,gpu_uuid,pid,used_mib\n")
            for when, rows in samples:
                for row in rows:
                    file.write("%.2f,%s,%d,%s\n" % (when - log.start, *row))
    shutil.rmtree(work, ignore_errors=True)
    print(json.dumps(summary), flush=True)
    return 0 if summary["holds"] else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    packing = commands.add_parser("bundle")
    packing.add_argument("folder")
    packing.set_defaults(do=bundle)
    again = commands.add_parser("app")
    again.add_argument("folder")
    again.set_defaults(do=lambda a: app_jar(os.path.join(a.folder, "app.jar"), a.classes, a.tests))
    running = commands.add_parser("run")
    running.add_argument("--bundle", default="")
    running.add_argument("--out", default="")
    running.add_argument("--dry", action="store_true")
    running.add_argument("--steps", default="two,one,kill,driver,absent")
    running.set_defaults(do=run)
    for each in (packing, again, running):
        each.add_argument("--classes", default=os.path.join(HOME, "target", "classes"))
        each.add_argument("--tests", default=os.path.join(HOME, "target", "test-classes"))
    arguments = parser.parse_args()
    sys.exit(arguments.do(arguments))


if __name__ == "__main__":
    main()
