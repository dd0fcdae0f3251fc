package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/seal"
)

type uploadCommand struct {
	clientFlags
	Files   []string `arg:"" type:"existingpath" help:"NDJSON files; with --mapping a directory of CSV files."`
	Mapping string   `type:"existingfile" help:"A mapping file (YAML) for CSV exports; see docs/mapping.md."`
	Batch   int      `default:"2000" help:"Records in one request."`
	Report  string   `help:"Write every refused row to this file as CSV." type:"path"`
	Restart bool     `help:"Begin anew instead of going on where a cut-off upload ended."`
	Sign    string   `type:"existingfile" help:"Sign each request with this certificate (PEM, those of its CA behind it); see docs/signatures.md."`
	SignKey string   `type:"existingfile" help:"The private key of --sign (PEM, not encrypted)."`
}

func (uploadCommand) Help() string {
	return `Sending again is always safe: a record that is there already is a duplicate and has no effect.
A cut-off upload goes on where it ended when the same command is given again.

Example:
  claimwatch upload --key cw_… records.ndjson
  claimwatch upload --key cw_… --mapping examples/synthea/mapping.yaml --report refused.csv exports/
  claimwatch upload --key cw_… --sign seal.pem --sign-key seal.key records.ndjson`
}

// upload is one run of the command.
type upload struct {
	command uploadCommand
	server  *client
	resume  *resumePoint
	report  *refusals
	bar     bar
	seal    *seal.Signatory // nil: nothing is signed

	batch []source // rows of the request under way
	bytes int      // of them
	sent  int
	total tally
}

// tally counts what became of the rows.
type tally struct {
	Rows, Skipped, Unmapped, Accepted, Duplicate, Refused int
}

func (c uploadCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	if c.Batch < 1 || c.Batch > 100_000 {
		return wrongUsage("--batch is 1 to 100,000")
	}
	signatory, err := c.signatory()
	if err != nil {
		return err
	}
	if signatory != nil {
		c.Batch = min(c.Batch, seal.MaxRecords)
	}
	rows, err := c.open()
	if err != nil {
		return err
	}
	u := &upload{command: c, server: server, report: newRefusals(), bar: newBar(term, rows.bytes, clock), seal: signatory}
	if u.resume, err = loadResumePoint(c, server.key); err != nil {
		return err
	}
	if u.resume.Rows > 0 {
		fmt.Fprintf(term.err, "going on after %d rows of an upload that was cut off (--restart begins anew)\n", u.resume.Rows)
		u.total = u.resume.Total
		for _, row := range u.resume.Refused {
			u.report.add(row)
		}
	}
	if err := u.all(ctx, rows); err != nil {
		return fmt.Errorf("%w (%d rows are done; the same command goes on there)", err, u.resume.Rows)
	}
	return u.finish(term)
}

// batchBytes is when a request is sent before it has all its records, so that
// with one more line of maxUploadLine it stays below what the door takes.
const batchBytes = 8 << 20

func (u *upload) all(ctx context.Context, rows *sources) error {
	skip := u.resume.Rows
	err := rows.each(func(s source) error {
		if u.sent++; u.sent <= skip {
			return nil
		}
		u.total.Rows++
		switch {
		case s.skipped:
			u.total.Skipped++
		case s.fault != nil && s.code != "":
			u.total.Refused++
			u.report.add(refused{File: s.file, Line: s.line, Code: s.code, Message: s.fault.Error()})
		case u.seal != nil && len(s.record) > decode.MaxLine:
			u.total.Refused++ // the door would refuse all the others of the request with it
			u.report.add(refused{File: s.file, Line: s.line, Code: string(claimwatch.CodeTooLong), Message: "the record is longer than 1 MiB"})
		case s.fault != nil:
			u.total.Unmapped++
			u.report.add(refused{File: s.file, Line: s.line, Code: "unmapped", Message: s.fault.Error()})
		default:
			u.batch = append(u.batch, s)
			u.bytes += len(s.record) + 1
		}
		if len(u.batch) >= u.command.Batch || u.bytes >= batchBytes {
			return u.flush(ctx)
		}
		return nil
	}, u.bar.reached)
	if err != nil {
		return err
	}
	return u.flush(ctx)
}

// flush sends the batch, again and again while the server is busy.
func (u *upload) flush(ctx context.Context) error {
	if len(u.batch) == 0 {
		return nil
	}
	var body strings.Builder
	if bytes.HasPrefix(u.batch[0].record, []byte(byteOrderMark)) {
		body.WriteString(byteOrderMark) // the door drops this one and judges the record's
	}
	for _, s := range u.batch {
		body.Write(s.record)
		body.WriteByte('\n')
	}
	signature, err := u.sign()
	if err != nil {
		return err
	}
	receipt, err := backoff.Retry(ctx, func() (uploadReceipt, error) { return u.post(ctx, body.String(), signature) },
		backoff.WithMaxElapsedTime(10*time.Minute), backoff.WithNotify(u.waiting))
	if err != nil {
		return fmt.Errorf("send rows: %w", err)
	}
	u.total.Accepted += receipt.Accepted
	u.total.Duplicate += receipt.Duplicate
	u.total.Refused += len(receipt.Refused)
	for _, r := range receipt.Refused {
		s := u.batch[r.Index]
		u.report.add(refused{File: s.file, Line: s.line, RecordID: r.RecordID, Code: string(r.Code), Field: r.Field, Message: r.Message})
	}
	u.batch, u.bytes = u.batch[:0], 0
	return u.resume.save(u.sent, u.total, u.report.rows)
}

// waiting tells why nothing moves, each time the server could not take the rows.
func (u *upload) waiting(err error, next time.Duration) {
	u.bar.say(fmt.Sprintf("claimwatch: %v; trying again in %s, ten minutes at most", err, next.Round(time.Millisecond)))
}

// uploadReceipt is a receipt, or the problem document that carries one.
type uploadReceipt struct {
	ReceiptID string               `json:"receipt_id"`
	Settled   bool                 `json:"settled"`
	Accepted  int                  `json:"accepted"`
	Duplicate int                  `json:"duplicate"`
	Refused   []claimwatch.Refusal `json:"refused"`
}

// post sends one body. What may go well later (a cut connection, 429, 503) is
// tried again; everything else ends the upload.
func (u *upload) post(ctx context.Context, body, signature string) (uploadReceipt, error) {
	var receipt uploadReceipt
	err := u.server.call(ctx, request{
		method: http.MethodPost, path: "/v1/records", query: url.Values{"wait": {"30"}},
		contentType: "application/x-ndjson", body: strings.NewReader(body), signature: signature,
	}, &receipt)
	var refusal *problem
	switch {
	case err == nil && !receipt.Settled:
		return u.settled(ctx, receipt)
	case err == nil:
		return receipt, nil
	case !errors.As(err, &refusal):
		return receipt, err // the connection was cut: sending again is safe
	case refusal.Code == "nothing_accepted":
		receipt.Refused = refusal.Refused
		return receipt, nil
	case refusal.Status == http.StatusTooManyRequests || refusal.Status >= http.StatusInternalServerError:
		return receipt, err
	default:
		return receipt, backoff.Permanent(err)
	}
}

// settled waits until the server knows which records are duplicates.
func (u *upload) settled(ctx context.Context, receipt uploadReceipt) (uploadReceipt, error) {
	for !receipt.Settled {
		err := u.server.get(ctx, "/v1/receipts/"+receipt.ReceiptID, url.Values{"wait": {"30"}}, &receipt)
		if err != nil {
			return receipt, err
		}
	}
	return receipt, nil
}

func (u *upload) finish(term terminal) error {
	u.bar.finish()
	t := u.total
	fmt.Fprintf(term.out, "%d rows: %d accepted, %d duplicate, %d refused, %d could not be mapped, %d left out by the mapping\n",
		t.Rows, t.Accepted, t.Duplicate, t.Refused, t.Unmapped, t.Skipped)
	if err := u.report.print(term.out); err != nil {
		return err
	}
	if u.command.Report != "" {
		if err := u.report.save(u.command.Report); err != nil {
			return err
		}
	}
	return u.resume.done()
}
