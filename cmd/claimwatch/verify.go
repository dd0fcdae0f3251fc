package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"claimwatch"
	"claimwatch/audit/export"
	"claimwatch/audit/verify"
	"claimwatch/stream/embedded"
)

type verifyCommand struct {
	Path string `arg:"" name:"file" type:"path" help:"An export, an answer of GET /v1/journal, a file of checkpoints, an evidence pack (.zip), a draw of GET /v1/inspections/{id}/draw, or the data directory of a stopped server."`
	Head string `type:"existingfile" help:"Checkpoints that were kept elsewhere: nothing that they cover may have changed."`
	Pub  string `type:"existingfile" help:"The public key that may sign; without it the one that the copy names itself."`
	CA   string `type:"existingfile" help:"Certificates of CAs (PEM): the seals over the records of a pack are held against them."`
	JSON bool   `help:"The report as JSON."`

	Commitment string `help:"Of a draw: the commitment that was published before the seed was known."`
}

func (verifyCommand) Help() string {
	return `Works offline and changes nothing. Names every entry or file that was changed, is missing, stands in another place or
was added; exit code 1 then. A key in the copy itself proves nothing against whoever holds the server: give --pub, and
--head with a checkpoint that was published.

Example:
  claimwatch verify ./claimwatch-data --head published.checkpoints
  claimwatch verify journal.ndjson --pub journal.pub
  claimwatch verify f_1234.zip --pub journal.pub --ca ca.pem
  claimwatch verify draw.json --commitment 39d6e901…`
}

// errNotWhole ends verify with exit code 1; the report has said why.
var errNotWhole = errors.New("it is not whole")

func (c verifyCommand) Run(_ context.Context, term terminal) error {
	if isDraw(c.Path) {
		return inspectionVerifyCommand{File: c.Path, Commitment: c.Commitment, JSON: c.JSON}.Run(term)
	}
	opts, err := c.options()
	if err != nil {
		return err
	}
	report, err := c.check(opts)
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(term.out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(report)
	} else {
		err = report.Print(term.out)
	}
	if err == nil && !report.Whole {
		return errNotWhole
	}
	return err
}

// maxDraw is larger than any draw that the server takes, in bytes.
const maxDraw = 16 << 20

// isDraw says whether a file is the published draw of an inspection.
func isDraw(path string) bool {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() || info.Size() > maxDraw {
		return false
	}
	text, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return false
	}
	var draw struct {
		Commitment string          `json:"commitment"`
		Input      json.RawMessage `json:"input"`
	}
	return json.Unmarshal(text, &draw) == nil && (draw.Commitment != "" || draw.Input != nil)
}

func (c verifyCommand) options() (opts verify.Options, err error) {
	if err := c.seals(&opts); err != nil {
		return opts, err
	}
	if c.Head != "" {
		if opts.Heads, err = os.ReadFile(c.Head); err != nil {
			return opts, fmt.Errorf("read the heads: %w", err)
		}
	}
	if c.Pub != "" {
		text, err := os.ReadFile(c.Pub)
		if err != nil {
			return opts, fmt.Errorf("read the public key: %w", err)
		}
		if opts.Keys, err = verify.Keys(text); err != nil {
			return opts, wrongUsage("--pub: %w", err)
		}
		if len(opts.Keys) == 0 {
			return opts, wrongUsage("--pub: the file holds no key")
		}
	}
	return opts, nil
}

// check tells what the path is by what it begins with.
func (c verifyCommand) check(opts verify.Options) (*verify.Report, error) {
	info, err := os.Stat(c.Path)
	if err != nil {
		return nil, wrongUsage("there is no such file or directory: %w", err)
	}
	if info.IsDir() {
		return checkData(c.Path, opts)
	}
	file, err := os.Open(c.Path)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer file.Close()
	begin := make([]byte, 64)
	n, _ := file.ReadAt(begin, 0)
	begin = begin[:n]
	isExport := bytes.Contains(begin, []byte(export.Format)) || strings.HasSuffix(c.Path, ".ndjson")
	if isExport {
		return verify.Export(file, opts)
	}
	text, err := os.ReadFile(c.Path)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if bytes.HasPrefix(begin, []byte("PK")) || strings.HasSuffix(c.Path, ".zip") {
		return verify.Pack(text, opts)
	}
	if bytes.HasPrefix(bytes.TrimSpace(begin), []byte("{")) {
		return verify.Answer(text, opts)
	}
	return verify.Checkpoints(text, opts)
}

// checkData folds the log of a stopped server anew, and reads its other topics.
func checkData(dir string, opts verify.Options) (*verify.Report, error) {
	var beside verify.Beside
	for name, to := range map[string]*[]byte{
		verify.FileCheckpoints: &beside.Checkpoints, verify.FileLeaves: &beside.Leaves, verify.FilePublic: &beside.Public,
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read: %w", err)
		}
		*to = text
	}
	_, err := os.Stat(filepath.Join(dir, verify.FileSigning))
	beside.Signing = err == nil
	log := filepath.Join(dir, "log")
	topics, partitions, err := embedded.Partitions(log)
	if err != nil {
		return nil, err
	}
	for i, topic := range topics {
		if topic == claimwatch.TopicJournal {
			continue
		}
		if err := embedded.Read(log, topic, partitions[i], func(_ *embedded.Stored, d *embedded.Damage) error {
			if d != nil {
				beside.Others = append(beside.Others, damageOf(d))
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return verify.Log(func(handle func(*verify.Message, *verify.Damage) error) error {
		return embedded.Read(log, claimwatch.TopicJournal, 0, func(s *embedded.Stored, d *embedded.Damage) error {
			if d != nil {
				damage := damageOf(d)
				return handle(nil, &damage)
			}
			return handle(&verify.Message{Message: s.Message, File: s.File, Byte: s.Byte}, nil)
		})
	}, beside, opts)
}

func damageOf(d *embedded.Damage) verify.Damage {
	kind := verify.Kind(d.Kind)
	if d.Kind == embedded.DamageTorn {
		kind = verify.Cut
	}
	return verify.Damage{Kind: kind, Torn: d.Kind == embedded.DamageTorn, File: d.File, Byte: d.Byte, What: d.What}
}
