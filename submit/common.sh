# What the scripts beside this one share. Sourced, never run; needs $home, the folder of the product.
# shellcheck shell=bash

jar="${RTPIPELINE_JAR:-${home:?}/target/rtpipeline.jar}"

# Timers and containers often start without a locale; files with names beyond ASCII could not be opened then.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ] && locale -a 2>/dev/null | grep -qi '^c\.utf-\{0,1\}8$'; then
  export LC_ALL=C.UTF-8
fi

# Ends with a message and the exit code of unusable arguments or surroundings.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

# The java of a JDK 17 or later.
find_java() {
  local java version
  if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
  else
    java=$(command -v java || true)
  fi
  if [ ! -x "$java" ]; then
    die "no java found: install a JDK 17, or set JAVA_HOME"
  fi
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || die "$java is version ${version:-unknown}, expected 17 or later"
  printf '%s\n' "$java"
}

# The first source that is newer than the jar; a folder is newer when a file was added or removed.
newer_sources() {
  find "$home/pom.xml" "$home/src/main" "$home/src/bus" "$home/src/build" "$home/conf/radiomics" -newer "$jar" -print -quit
}

# Makes the jar when it is absent or older than what it is made of.
build_jar() {
  if [ -n "${RTPIPELINE_JAR:-}" ]; then
    [ -f "$jar" ] || die "RTPIPELINE_JAR is $jar, and there is no such file"
    return
  fi
  if [ -f "$jar" ] && [ -z "$(newer_sources)" ]; then
    return
  fi
  command -v mvn >/dev/null || die "no mvn found: install Maven 3.8 or later, or set RTPIPELINE_JAR"
  printf 'building %s, once per change of the sources\n' "$jar" >&2
  maven "the build failed" package -Dmaven.test.skip=true -Djacoco.skip=true
  touch "$jar"
}

# Maven on the product; the folder of the caller does not matter. Its messages go to a file, and when it fails the first of them
# to the person.
#   maven COMPLAINT [arguments of mvn]
maven() {
  local complaint=$1 log="$home/target/submit/maven.log"
  shift
  mkdir -p "$home/target/submit"
  if ! (cd "$home" && mvn -B -ntp -Dstyle.color=never "$@") >"$log" 2>&1; then
    grep '^\[ERROR\] ' "$log" | grep -v -e '-> \[Help' -e 'To see the full' -e 're-run Maven' -e 'Re-run Maven' \
      -e 'For more information' -e '^\[ERROR\] \[Help' | head -n 20 >&2
    die "$complaint; all messages of Maven are in $log"
  fi
}

# The file with the jars that a cluster would provide, resolved once per pom.xml.
class_path() {
  local sum file
  sum=$(cksum <"$home/pom.xml" | tr -d ' ')
  file="$home/target/submit/$sum.classpath"
  if [ ! -s "$file" ] || [ ! -s "$home/target/submit/spark.flags" ]; then
    mkdir -p "$home/target/submit"
    printf 'resolving the class path, once per change of pom.xml\n' >&2
    maven "the class path cannot be resolved" dependency:build-classpath -DincludeScope=provided \
      "-Dmdep.outputFile=$file.new"
    spark_flags "$file.new" >"$home/target/submit/spark.flags"
    mv "$file.new" "$file"
  fi
  printf '%s\n' "$file"
}

# What Spark itself asks of the virtual machine, but for the vector module: only Spark's machine learning would use it, and it
# makes every start print a warning.
spark_flags() {
  local source="$home/target/submit/Flags.java"
  cat >"$source" <<'JAVA'
public class Flags {
  public static void main(String[] arguments) {
    System.out.println(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions());
  }
}
JAVA
  "$(find_java)" -cp "$(cat "$1")" "$source" | sed 's/--add-modules=jdk.incubator.vector //'
}

# Half of the memory, at least 1 GiB.
heap() {
  if [ -n "${RTPIPELINE_HEAP:-}" ]; then
    printf '%s\n' "$RTPIPELINE_HEAP"
    return
  fi
  local kib
  kib=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo 2>/dev/null || true)
  if [ -z "$kib" ]; then
    kib=$(($(sysctl -n hw.memsize 2>/dev/null || echo 4294967296) / 1024))
  fi
  local mib=$((kib / 2048))
  printf '%sm\n' "$((mib > 1024 ? mib : 1024))"
}

# Runs, or with --dry-run prints, spark-submit.
#   submit_to MASTER [spark-submit options] -- [arguments of rtpipeline]
submit_to() {
  local master=$1 dry_run="" argument job="" expects=""
  shift
  local -a own=() arguments=()
  while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    own+=("$1")
    shift
  done
  shift
  for argument in "$@"; do
    if [ "$argument" = --dry-run ]; then
      dry_run=yes
      continue
    fi
    if [ "$expects" = --job ] || { [ -z "$expects" ] && [ "${argument%.conf}" != "$argument" ]; }; then
      job=$argument
    fi
    case $argument in
      --job | --input | --output | -i | -o | --stages | --course | --workers | --set) expects=$argument ;;
      *) expects='' ;;
    esac
    arguments+=("$argument")
  done
  [ -n "${SPARK_HOME:-}" ] || die "SPARK_HOME is not set: it names the folder of a Spark 4.1 installation"
  [ -x "$SPARK_HOME/bin/spark-submit" ] || die "there is no $SPARK_HOME/bin/spark-submit"
  if [ -n "$job" ] && [ ! -f "$job" ]; then
    die "$job: there is no such job file"
  fi
  local -a command=(
    "$SPARK_HOME/bin/spark-submit"
    --master "$master"
    --name rtpipeline
    --class org.rtpipeline.cli.Main
    --properties-file "${RTPIPELINE_SPARK_CONF:-$home/conf/spark-defaults.conf}"
    --driver-java-options "-Djava.awt.headless=true"
  )
  # The runtime of the back end onnx, 43 MB that most runs do without.
  if [ -n "${RTPIPELINE_ONNX_JAR:-}" ]; then
    command+=(--jars "$RTPIPELINE_ONNX_JAR")
  fi
  command+=(${own[@]+"${own[@]}"} "$jar" ${arguments[@]+"${arguments[@]}"})
  if [ -n "$dry_run" ]; then
    printf '%q ' "${command[@]}"
    printf '\n'
    return
  fi
  build_jar
  exec "${command[@]}"
}
