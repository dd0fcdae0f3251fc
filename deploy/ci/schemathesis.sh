#!/usr/bin/env bash
# Holds the running binary against the OpenAPI document that it serves: no 5xx
# and no answer outside its schema, with an administrator's key and with a
# hospital's. Wants bin/claimwatch; keeps schemathesis in .cache.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${SCHEMATHESIS_SECONDS:-45} # for each of three runs
binary=${CLAIMWATCH_BINARY:-bin/claimwatch}
venv=.cache/schemathesis
stamp=$venv/$(sha256sum deploy/ci/requirements.txt | cut -c1-12)
if [ ! -e "$stamp" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r deploy/ci/requirements.txt
  touch "$stamp"
fi

data=$(mktemp -d)
# Below the ports that connections going out may take before the server listens.
address=127.0.0.1:$("$venv/bin/python" - <<'PY'
import random, socket
while True:
    port = random.randrange(20000, 32000)
    with socket.socket() as s:
        if s.connect_ex(("127.0.0.1", port)):
            print(port)
            break
PY
)
"$binary" run --data "$data" --listen "$address" --clock event --log-level warn 2>"$data/server.log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$data"' EXIT
for _ in $(seq 300); do
  curl -sf "http://$address/readyz" >/dev/null && break
  kill -0 "$server" || { cat "$data/server.log" >&2; exit 1; }
  sleep 0.2
done

# A little to find: reference tables, two lines twice, one finding that the
# hospital was told of.
client=("--server" "http://$address" "--data" "$data")
cat >"$data/institutions.csv" <<'CSV'
institution_id,name,kind,level,city,beds,face_required
H1,First,medical,3,Taiyuan,100,false
CSV
cat >"$data/items.csv" <<'CSV'
item_code,region,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required,price_cap_1,price_cap_2,price_cap_3,non_injury
LAB1,,2020-01-01,blood count,lab,each,true,false,false,false,false,20,20,20,false
CSV
for table in institutions items; do "$binary" reference load "${client[@]}" "$table" "$data/$table.csv" >/dev/null; done
hospital=$("$binary" key new "${client[@]}" --institution H1 | awk '{print $NF}')
for n in 1 2; do
  at=2026-03-02T0${n}:00:00+08:00
  line='"person_id":"P1","stay_id":"S1","occurred_at":"'$at'"'
  echo '{"kind":"admission","record_id":"A'$n'",'$line',"class":"inpatient","route":"elective","department":"D","diagnoses":["S82.0"]}'
  for copy in a b; do
    echo '{"kind":"fee","record_id":"F'$n$copy'",'$line',"item_code":"LAB1","item_name":"n","category":"lab","quantity":"1","unit_price":"12.50","amount":"12.50"}'
  done
done >"$data/records.ndjson"
"$binary" upload --server "http://$address" --key "$hospital" --restart "$data/records.ndjson" >/dev/null
finding=
for _ in $(seq 100); do
  finding=$("$binary" findings "${client[@]}" --json | head -1 | sed -n 's/.*"finding_id":"\([^"]*\)".*/\1/p')
  [ -n "$finding" ] && break
  sleep 0.2
done
[ -n "$finding" ] || { echo "no finding to test with" >&2; exit 1; }
"$binary" decide "${client[@]}" "$finding" notify >/dev/null

# The stream has no end to wait for: e2e.TestStreamKeepsAList holds it.
# One worker: hypothesis is not safe for several (KeyError in its cache of sources).
schemathesis() { # key, seconds, further options
  local key=$1 time=$2
  shift 2
  "$venv/bin/schemathesis" "$@" run "http://$address/openapi.json" \
    --header "Authorization: Bearer $key" --max-time "$time" --continue-on-failure \
    --phases examples,coverage,fuzzing --seed 1 --request-timeout 40 --no-color --generation-database none \
    --exclude-path /v1/stream \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance
}
# What exists is reached with its names, what does not with any.
cat >"$data/schemathesis.toml" <<TOML
[parameters]
"path.id" = "$finding"
"path.table" = ["institutions", "items", "calendar"]
"query.key" = "H1"
"query.institution_id" = "H1"
"query.month" = "2026-03"
TOML
administrator=$(cat "$data/admin.key")
schemathesis "$administrator" "$seconds" --config-file "$data/schemathesis.toml"
schemathesis "$hospital" "$seconds" --config-file "$data/schemathesis.toml"
schemathesis "$administrator" "$seconds"
if grep -q '"request panicked"' "$data/server.log"; then
  grep '"request panicked"' "$data/server.log" >&2
  exit 1
fi
