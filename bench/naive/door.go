package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/segmentio/kafka-go"

	"claimwatch/bench/full"
	"claimwatch/store"
)

// door takes uploads and reference tables.
type door struct {
	writer *kafka.Writer
	sink   *sink
	db     *store.DB
}

func (d *door) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/records", d.records)
	mux.HandleFunc("PUT /v1/reference/{table}", d.reference)
	mux.HandleFunc("POST /v1/keys", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) })
	mux.HandleFunc("GET /v1/status", d.status)
	mux.HandleFunc("POST /pause", func(http.ResponseWriter, *http.Request) { d.sink.paused.Store(true) })
	mux.HandleFunc("POST /resume", func(http.ResponseWriter, *http.Request) { d.sink.paused.Store(false) })
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	return mux
}

// records writes an upload, one message a line.
func (d *door) records(w http.ResponseWriter, r *http.Request) {
	var messages []kafka.Message
	lines := bufio.NewScanner(r.Body)
	for lines.Scan() {
		fields, _, err := check(lines.Bytes())
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		institution, _ := fields["institution_id"].(string)
		messages = append(messages, kafka.Message{Key: []byte(institution), Value: []byte(lines.Text())})
	}
	err := lines.Err()
	if err == nil {
		err = d.writer.WriteMessages(r.Context(), messages...)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	d.sink.sent.Add(int64(len(messages)))
	_, _ = fmt.Fprintf(w, `{"accepted":%d}`, len(messages)) // the sender may have gone
}

// reference loads a table as the product's journal would.
func (d *door) reference(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = full.LoadReference(r.Context(), d.db, r.PathValue("table"), body)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

// status answers like the product: idle when every acknowledged line is evaluated.
func (d *door) status(w http.ResponseWriter, _ *http.Request) {
	done := d.sink.done.Load()
	answer := map[string]any{
		"idle": done == d.sink.sent.Load(), "records": map[string]int64{"stored": done},
		"findings": d.sink.findings.Load(), "sweeps": d.sink.sweeps.Load(),
	}
	_ = json.NewEncoder(w).Encode(answer) // whoever asked may have gone
}
