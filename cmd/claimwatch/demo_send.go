package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"

	"claimwatch/province"
)

// load puts rows of a reference table, one JSON object a line.
func (d *demo) load(ctx context.Context, table string, rows []map[string]string) error {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	for _, row := range rows {
		row = maps.Clone(row)
		maps.DeleteFunc(row, func(_, value string) bool { return value == "" })
		if err := encoder.Encode(row); err != nil {
			return fmt.Errorf("write row: %w", err)
		}
	}
	var answer json.RawMessage
	return d.admin.call(ctx, request{
		method: http.MethodPut, path: "/v1/reference/" + table, contentType: "application/x-ndjson", body: &body,
	}, &answer)
}

// send uploads a batch with its hospital's key.
func (d *demo) send(ctx context.Context, batch province.Batch) error {
	var body []byte
	for i := range batch.Records {
		body = province.AppendLine(body, &batch.Records[i])
	}
	hospital := &client{server: d.admin.server, key: d.state.Keys[batch.InstitutionID], http: d.admin.http}
	var receipt uploadReceipt
	err := hospital.call(ctx, request{
		method: http.MethodPost, path: "/v1/records", query: url.Values{"wait": {"0"}},
		contentType: "application/x-ndjson", body: bytes.NewReader(body),
	}, &receipt)
	if err != nil {
		return fmt.Errorf("upload for %s: %w", batch.InstitutionID, err)
	}
	return nil
}
