# Finds a JDK of version 25 or later and exports JAVA_HOME. Sourced by mvnw and funnel (POSIX sh, `set -u` safe).
#
# Looked at in this order: FUNNEL_JAVA_HOME, JAVA_HOME, the java on the PATH, then where packages, SDKMAN, asdf,
# IDEs and macOS put JDKs. The first that is new enough wins.

funnel_jdk_version() {
  [ -x "$1/bin/javac" ] || return 1
  [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

funnel_find_jdk() {
  set +f
  funnel_path_java=$(command -v java 2>/dev/null || true)
  if [ -n "$funnel_path_java" ]; then
    funnel_path_java=$(readlink -f "$funnel_path_java" 2>/dev/null || echo "$funnel_path_java")
    funnel_path_java=${funnel_path_java%/bin/java}
  fi
  for funnel_home in "${FUNNEL_JAVA_HOME-}" "${JAVA_HOME-}" "$funnel_path_java" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$funnel_home" ] || continue
    funnel_version=$(funnel_jdk_version "$funnel_home") || continue
    if [ -n "$funnel_version" ] && [ "$funnel_version" -ge 25 ]; then
      echo "$funnel_home"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME=$(funnel_find_jdk); then
  cat >&2 <<'MESSAGE'
Funnel needs a JDK of version 25 or later, and none was found.
  Install one beside what you have, for example Eclipse Temurin 25 (https://adoptium.net):
    Debian, Ubuntu:  apt-get install temurin-25-jdk     (from the Adoptium repository)
    macOS:           brew install --cask temurin@25
    SDKMAN:          sdk install java 25-tem
  or name its folder: FUNNEL_JAVA_HOME=/path/to/jdk-25
  Looked in FUNNEL_JAVA_HOME, JAVA_HOME, the PATH, /usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.asdf, ~/.jdks.
MESSAGE
  exit 1
fi
export JAVA_HOME
