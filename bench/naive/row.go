package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/shopspring/decimal"

	"claimwatch"
)

// clockLayout is the form of a time in the tables.
const clockLayout = "2006-01-02 15:04:05.000"

// check decodes a line and says whether what its kind requires is there.
func check(line []byte) (map[string]any, claimwatch.Kind, error) {
	var fields map[string]any
	if err := json.Unmarshal(line, &fields); err != nil {
		return nil, 0, fmt.Errorf("decode line: %w", err)
	}
	name, _ := fields["kind"].(string)
	kind, known := claimwatch.ParseKind(name)
	if !known {
		return nil, 0, fmt.Errorf("unknown kind %q", name)
	}
	for _, specs := range [][]claimwatch.Spec{claimwatch.CommonFields(kind), kind.Fields()} {
		for _, spec := range specs {
			if spec.Required && fields[spec.Name] == nil {
				return nil, 0, fmt.Errorf("field %s is missing", spec.Name)
			}
		}
	}
	return fields, kind, nil
}

// place is where a line stands in the log, and when it came.
type place struct {
	partition int
	offset    int64
	at        time.Time
}

// rowOf makes the row of a fact table out of a line.
func rowOf(line []byte, at place) (claimwatch.Kind, map[string]any, error) {
	fields, kind, err := check(line)
	if err != nil {
		return 0, nil, err
	}
	person, _ := fields["person_id"].(string)
	occurred, err := clockOf(fields["occurred_at"])
	if err != nil {
		return 0, nil, err
	}
	sum := sha256.Sum256(line)
	row := map[string]any{
		"person_key": xxhash.Sum64String(person), "person_id": person, "institution_id": fields["institution_id"],
		"stay_id": or(fields["stay_id"], ""), "record_id": fields["record_id"],
		"revision": or(fields["revision"], 1), "cancelled": or(fields["cancelled"], false),
		"occurred_at": occurred, "received_at": at.at.In(claimwatch.Shanghai).Format(clockLayout),
		"content_sha256": hex.EncodeToString(sum[:16]),
		"log_partition":  at.partition, "log_offset": at.offset, "log_index": 0,
	}
	for _, spec := range kind.Fields() {
		value, there := fields[spec.Name]
		if !there {
			continue // the column's default: empty or NULL
		}
		if row[spec.Name], err = cell(spec, value); err != nil {
			return 0, nil, err
		}
	}
	return kind, row, nil
}

// cell converts a value of a line for its column.
func cell(spec claimwatch.Spec, value any) (any, error) {
	switch {
	case spec.Type == claimwatch.TypeTime:
		return clockOf(value)
	case spec.Type.IsDecimal():
		text, _ := value.(string)
		number, err := decimal.NewFromString(text)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", spec.Name, err)
		}
		return number.Shift(int32(spec.Type.Decimals())).IntPart(), nil
	default:
		return value, nil
	}
}

func clockOf(value any) (string, error) {
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return "", fmt.Errorf("read time: %w", err)
	}
	return at.In(claimwatch.Shanghai).Format(clockLayout), nil
}

func or(value, otherwise any) any {
	if value == nil {
		return otherwise
	}
	return value
}
