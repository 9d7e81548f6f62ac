package io.drainwatch.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The file system below runtime and jars: a C library, shells, tools, and the few files that they
 * look for. Of each package only what is needed, its copyright, and its description, so that
 * scanners know what is in the image.
 */
final class UserLand {
  /** Also in the chart, which sets it. Belongs to nobody on a host. */
  static final int USER = 65_532;

  private static final Map<String, Pattern> NEEDED =
      Map.of(
          "base-files",
              Pattern.compile("usr/lib/os-release|etc/debian_version|usr/share/common-.*"),
          "bash", Pattern.compile("usr/bin/bash"),
          "busybox", Pattern.compile("usr/bin/busybox"),
          "ca-certificates", Pattern.compile("nothing: all in one file, see below"),
          "dash", Pattern.compile("usr/bin/dash"),
          "libc-bin", Pattern.compile("usr/lib/locale/C\\.utf8/.*|usr/bin/getent"),
          "libc6", Pattern.compile("usr/lib[0-9]*/[^/]*(/[^/]*\\.so[^/]*)?"),
          "libgcc-s1", Pattern.compile("usr/lib/.*"),
          "libtinfo6", Pattern.compile("usr/lib/[^/]*/[^/]*\\.so[^/]*"));

  private static final List<String> TOOLS =
      List.of(
          ("[ ar arch ascii awk base64 basename bc bunzip2 bzcat bzip2 cat chgrp chmod chown cmp cp cpio"
                  + " crc32 cut date dc dd df diff dirname du echo ed egrep env expand expr factor"
                  + " fallocate false fgrep find fold free getopt grep groups gunzip gzip head hexdump"
                  + " hostname id install ionice ip ipcalc kill killall less link ln logger logname ls"
                  + " lzcat md5sum mkdir mkfifo mknod mktemp more mount mv nc netstat nl nproc"
                  + " nsenter nslookup od paste patch pidof ping ping6 printf ps pwd readlink realpath"
                  + " renice rev rm rmdir run-parts sed seq setpriv setsid sha1sum sha256sum sha512sum"
                  + " shred shuf sleep sort ssl_client stat strings stty sync tac tail tar"
                  + " taskset tee telnet test time timeout top touch tr traceroute true truncate ts tty"
                  + " umount uname uniq unlink unshare unxz unzip uptime usleep vi watch wc wget which"
                  + " who whoami xargs xxd xz xzcat yes zcat")
              .split(" "));

  private final SortedMap<String, Entry> entries = new TreeMap<>();

  /** An empty one, with the directories that container runtimes mount something at. */
  UserLand() {
    for (String directory : List.of("dev", "proc", "sys", "run", "home", "opt", "var/log")) {
      entries.put(directory, new Entry.Directory(0755, 0));
    }
    entries.put("root", new Entry.Directory(0700, 0));
    entries.put("tmp", new Entry.Directory(01777, 0));
    entries.put("etc/drainwatch/hooks.d", new Entry.Directory(0755, 0));
    text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n" + user(":/var/lib/drainwatch:/bin/sh\n"));
    text("etc/group", "root:x:0:\ndrainwatch:x:" + USER + ":\n");
    text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    for (String merged : List.of("bin", "sbin", "lib")) {
      entries.put(merged, new Entry.Link("usr/" + merged));
    }
    entries.put("usr/sbin", new Entry.Directory(0755, 0));
    entries.put("usr/bin/sh", new Entry.Link("dash"));
    entries.put("etc/os-release", new Entry.Link("../usr/lib/os-release"));
    entries.put("var/run", new Entry.Link("../run"));
    for (String tool : TOOLS) {
      entries.put("usr/bin/" + tool, new Entry.Link("busybox"));
    }
  }

  private static String user(String rest) {
    return "drainwatch:x:" + USER + ":" + USER + ":Drainwatch" + rest;
  }

  void add(String name, DebFile deb) throws IOException {
    Pattern needed = NEEDED.get(name);
    deb.entries()
        .forEach(
            (path, entry) -> {
              if (path.equals("usr/share/doc/" + name + "/copyright")
                  || (needed != null && needed.matcher(path).matches())) {
                entries.put(path, entry);
              }
            });
    if (entries.containsKey("usr/lib64/ld-linux-x86-64.so.2")) {
      entries.put("lib64", new Entry.Link("usr/lib64"));
    }
    if (name.equals("ca-certificates")) {
      entries.put("etc/ssl/certs/ca-certificates.crt", new Entry.File(bundle(deb), 0644));
    }
    entries.put("var/lib/dpkg/status.d/" + name, new Entry.File(deb.control(), 0644));
  }

  /** What the package's own installation would make of it. */
  private static byte[] bundle(DebFile certificates) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Map.Entry<String, Entry> each : certificates.entries().entrySet()) {
      if (each.getKey().endsWith(".crt") && each.getValue() instanceof Entry.File file) {
        all.write(file.content());
      }
    }
    return all.toByteArray();
  }

  private void text(String path, String content) {
    entries.put(path, new Entry.File(content.getBytes(StandardCharsets.UTF_8), 0644));
  }

  /** With all directories on the way: who unpacks it need not make any up. */
  SortedMap<String, Entry> entries() {
    SortedMap<String, Entry> whole = new TreeMap<>(entries);
    for (String path : entries.keySet()) {
      for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        whole.putIfAbsent(path.substring(0, end), new Entry.Directory(0755, 0));
      }
    }
    return whole;
  }
}
