# The pipeline as a plain user, its data and its settings mounted. README.md says how to use it.
FROM denoland/deno:2.9.6

ENV DENO_NO_UPDATE_CHECK=1 \
    EVERYSECOND_DATA=/data \
    EVERYSECOND_CONFIG=/config

WORKDIR /app
COPY deno.json deno.lock ./
COPY pipeline pipeline
# Dependencies come in now and are only read later, by whichever user.
RUN deno cache --quiet --frozen pipeline/cli.ts pipeline/commands/*.ts pipeline/transform/worker.ts \
    && chown -R 1993:1993 /deno-dir \
    && chmod -R a+rX /deno-dir \
    && install -d -o 1993 -g 1993 -m 700 /data /config

# The image's user "deno", by number: some hosts let no other in.
USER 1993:1993
VOLUME ["/data", "/config"]
# As Ctrl-C: a run ends between two documents.
STOPSIGNAL SIGINT
ENTRYPOINT ["/tini", "--", "deno", "task", "--quiet"]
CMD ["pipeline"]
