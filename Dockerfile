# Build: docker build -t teacher-support-bot .
# Try without Telegram: docker run --rm -p 127.0.0.1:8080:8080 teacher-support-bot sandbox --host 0.0.0.0
# Run with SQLite: docker run -d --env-file .env -v bot-data:/data teacher-support-bot

FROM python:3.11-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore

# The venv has no pip of its own: nothing can be installed in the image that runs.
RUN python -m venv --without-pip /venv
COPY requirements.txt /
RUN python -m pip --python /venv/bin/python install --no-compile --only-binary :all: --require-hashes -r /requirements.txt

COPY LICENSE /app/
COPY bot /app/bot
COPY handlers /app/handlers
COPY services /app/services
COPY storage /app/storage

# Compiled ahead, and trusted whatever the file times become in a layer: the first start is as quick as the next.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash /venv/lib /app

# matplotlib lists the system's fonts once; here rather than before somebody's first chart.
RUN MPLCONFIGDIR=/matplotlib /venv/bin/python -c "import matplotlib.font_manager"


FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/var/cache/matplotlib

# The bot keeps its files in ./data; in the image that is the volume.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot /data /var/cache/matplotlib \
    && install -d /app && ln -s /data /app/data

COPY --from=builder /venv /venv
COPY --from=builder --chown=bot:bot /matplotlib /var/cache/matplotlib
COPY --from=builder /app /app

WORKDIR /app
USER bot
VOLUME /data
# 8081: the webhook, where WEBHOOK_URL is set; 8080: the sandbox.
EXPOSE 8081 8080

# The bot touches its heartbeat every 15 seconds (the sandbox in a folder of its own).
HEALTHCHECK --interval=20s --timeout=5s --start-period=60s --retries=3 \
    CMD find /data -maxdepth 2 -name heartbeat -newermt '-60 seconds' | grep -q .

ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
