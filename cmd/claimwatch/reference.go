package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

type referenceCommand struct {
	Load   referenceLoadCommand   `cmd:"" help:"Load a table from a CSV or NDJSON file."`
	Import referenceImportCommand `cmd:"" help:"Import what others publish in files of their own."`
}

func (referenceCommand) Help() string {
	return "Example:\n  claimwatch reference load items items.csv"
}

type referenceLoadCommand struct {
	clientFlags
	Table string `arg:"" help:"The table: institutions, items, persons …"`
	File  string `arg:"" type:"existingfile" help:"A .csv file with a header, or .ndjson."`
	JSON  bool   `name:"json" help:"One JSON object."`
}

func (referenceLoadCommand) Help() string {
	return `A faulty file changes nothing, and every fault is named with its line.

Example:
  claimwatch reference load items items.csv`
}

func (c referenceLoadCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	contentType := "text/csv"
	if ext := strings.ToLower(filepath.Ext(c.File)); ext == ".ndjson" || ext == ".jsonl" || ext == ".json" {
		contentType = "application/x-ndjson"
	}
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("open table: %w", err)
	}
	defer file.Close()
	var answer json.RawMessage
	err = server.call(ctx, request{
		method: http.MethodPut, path: "/v1/reference/" + url.PathEscape(c.Table), contentType: contentType, body: file,
	}, &answer)
	if err != nil {
		return err
	}
	return printJSON(term, answer, true)
}
