package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"text/tabwriter"
	"time"

	"claimwatch/ingest/check"
)

// checkCommand asks what records would cause.
type checkCommand struct {
	clientFlags

	Files []string `arg:"" help:"Files of one record a line, at most 1,000 records and 20 persons in all; - is standard input."`
	JSON  bool     `help:"Print the answer as JSON."`
}

// Help shows how it is used.
func (checkCommand) Help() string {
	return `Nothing is stored. The key is that of the institution whose records these are.

Example:
  claimwatch check --key "$HOSPITAL_KEY" charges.ndjson`
}

// Run sends the files as one body.
func (c checkCommand) Run(ctx context.Context, term terminal) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	for _, name := range c.Files {
		if err := appendFile(&text, name, term.in); err != nil {
			return err
		}
	}
	answer, err := client.do(ctx, request{
		method: http.MethodPost, path: "/v1/check", contentType: "application/x-ndjson", body: bytes.NewReader(text.Bytes()),
	})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if c.JSON {
		_, err := io.Copy(term.out, answer.Body)
		if _, end := fmt.Fprintln(term.out); err == nil {
			err = end
		}
		return err
	}
	var told check.Answer
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return printCheck(term.out, told)
}

// appendFile adds a file, which may lack its last line break.
func appendFile(to *bytes.Buffer, name string, in io.Reader) error {
	var text []byte
	var err error
	if name == "-" {
		text, err = io.ReadAll(in)
	} else {
		text, err = os.ReadFile(name)
	}
	if err != nil {
		return fmt.Errorf("read records: %w", err)
	}
	to.Write(bytes.TrimPrefix(text, []byte(byteOrderMark)))
	to.WriteByte('\n')
	return nil
}

func printCheck(out io.Writer, told check.Answer) error {
	fmt.Fprintf(out, "%d new, %d duplicate, %d refused, %d findings\n", told.Accepted, told.Duplicate, len(told.Refused), len(told.Findings))
	for _, r := range told.Refused {
		fmt.Fprintf(out, "  record %d %s: %s %s: %s\n", r.Index, r.RecordID, r.Code, r.Field, r.Message)
	}
	if len(told.Findings) == 0 {
		return nil
	}
	fmt.Fprintf(out, "as of %s\n", told.AsOf.Time().Format(time.RFC3339))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CHANGE\tRULE\tNAME\tSEVERITY\tAMOUNT\tPERSON\tSTAY\tLINES\tMESSAGE")
	for i := range told.Findings {
		f := &told.Findings[i]
		fmt.Fprintf(table, "%s\t%s\t%s %s\t%s\t%s\t%s\t%s\t%d\t%s\n",
			f.Change, f.Rule, f.Name.Chinese, f.Name.English, f.Severity, f.Amount, f.PersonID, f.StayID, len(f.Lines), f.Message.English)
	}
	if err := table.Flush(); err != nil {
		return errors.Join(errors.New("print findings"), err)
	}
	return nil
}
