#!/bin/bash -eu
# SPDX-License-Identifier: Apache-2.0
# Builds the targets for OSS-Fuzz: $SRC, $OUT, $JVM_LD_LIBRARY_PATH and $MVN are its own.
cd "$SRC/hgwire"
${MVN:-mvn} -B -ntp -Pfuzz -DskipTests -Djacoco.skip -Dspotless.check.skip -Dmaven.javadoc.skip \
  -pl fuzz -am package

# Jazzer comes from OSS-Fuzz, with the coverage of the code only.
mkdir -p "$OUT/lib"
cp fuzz/target/hgwire-fuzz-*.jar "$OUT/lib/"
find fuzz/target/lib -name '*.jar' ! -name 'jazzer*' -exec cp {} "$OUT/lib/" \;
java -cp "$OUT/lib/*" org.hgwire.fuzz.SeedCorpora "$WORK/corpora" \
  conformance-tests/src/main/resources/org/hgwire/conformance/transcripts

for source in fuzz/src/main/java/org/hgwire/fuzz/*Fuzzer.java; do
  target=$(basename "$source" .java)
  (cd "$WORK/corpora/$target" && zip -q -r "$OUT/${target}_seed_corpus.zip" .)
  cp "fuzz/dictionaries/$target.dict" "$OUT/" 2>/dev/null || true
  cat >"$OUT/$target" <<EOF
#!/bin/bash
# LLVMFuzzerTestOneInput: OSS-Fuzz finds the targets by this word.
this_dir=\$(dirname "\$0")
LD_LIBRARY_PATH="$JVM_LD_LIBRARY_PATH":\$this_dir \
  \$this_dir/jazzer_driver --agent_path=\$this_dir/jazzer_agent_deploy.jar \
  --cp=\$(echo \$this_dir/lib/*.jar | tr ' ' ':') --target_class=org.hgwire.fuzz.$target \
  --instrumentation_includes='org.hgwire.**' --jvm_args="-Xmx1024m" "\$@"
EOF
  chmod +x "$OUT/$target"
done
