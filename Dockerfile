# The program as one static file, run by an account without rights. The database is elsewhere (docker-compose.yml).
FROM golang:1.26-alpine AS build
ARG GOPROXY=https://proxy.golang.org,direct
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -buildvcs=false -trimpath -ldflags="-s -w" -o /bangfu ./cmd/bangfu

FROM alpine:3.22
RUN adduser -D -H -u 10001 bangfu && install -d -m 0700 -o bangfu -g bangfu /data /keys
COPY --from=build /bangfu /usr/local/bin/bangfu
USER bangfu
ENV BANGFU_ADDR=0.0.0.0:8080 BANGFU_DATA=/data BANGFU_KEY_FILE=/keys/keys.json
VOLUME ["/data", "/keys"]
EXPOSE 8080
# The page of the sign-in reads a session, so it answers only while the database does.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
	CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/signin"]
ENTRYPOINT ["bangfu"]
CMD ["serve"]
