package notary

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// Files is the book in a data directory: verify.FileLeaves and
// verify.FileCheckpoints. Both are only ever appended to; what a crash left at the
// end of them, a piece of a line or of a note, is taken off first.
type Files struct{ Dir string }

// Last implements Book.
func (f Files) Last() (leaves uint64, last []byte, err error) {
	text, err := readAll(filepath.Join(f.Dir, verify.FileLeaves))
	if err != nil {
		return 0, nil, err
	}
	whole := bytes.LastIndexByte(text, '\n') + 1
	if err := shorten(filepath.Join(f.Dir, verify.FileLeaves), text, whole); err != nil {
		return 0, nil, err
	}
	if text = text[:whole]; whole > 0 {
		line := string(text[bytes.LastIndexByte(text[:whole-1], '\n')+1:])
		leaf, err := verify.ParseLeafLine(line)
		if err != nil || leaf.Seq != uint64(strings.Count(string(text), "\n")) {
			return 0, nil, fmt.Errorf("%s is not as it was written, see claimwatch verify: %w", verify.FileLeaves, errors.Join(err))
		}
		leaves = leaf.Seq
	}
	if text, err = readAll(filepath.Join(f.Dir, verify.FileCheckpoints)); err != nil {
		return 0, nil, err
	}
	notes, rest := proof.Split(text)
	if err := shorten(filepath.Join(f.Dir, verify.FileCheckpoints), text, int(rest.Byte)); err != nil {
		return 0, nil, err
	}
	if len(notes) > 0 {
		last = notes[len(notes)-1].Text
	}
	if head, _, _ := proof.Open(last); head.Size == leaves { // the crash came after the checkpoint
		err = f.signed()
	}
	return leaves, last, err
}

// Append implements Book.
func (f Files) Append(leaves []journal.Leaf, checkpoint []byte) error {
	var lines bytes.Buffer
	for _, leaf := range leaves {
		lines.WriteString(verify.LeafLine(leaf))
	}
	if err := Append(filepath.Join(f.Dir, verify.FileSigning), nil); err != nil {
		return err
	}
	if err := Append(filepath.Join(f.Dir, verify.FileLeaves), lines.Bytes()); err != nil {
		return err
	}
	if err := Append(filepath.Join(f.Dir, verify.FileCheckpoints), checkpoint); err != nil {
		return err
	}
	return f.signed()
}

// signed takes away the mark that leaves are appended whose checkpoint is not there yet.
func (f Files) signed() error {
	if err := os.Remove(filepath.Join(f.Dir, verify.FileSigning)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("note that the head is signed: %w", err)
	}
	return nil
}

// Append adds bytes to a file, made readable by everybody, and waits until they are
// on disk.
func Append(path string, text []byte) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(text); err != nil {
		return fmt.Errorf("append to %s: %w", filepath.Base(path), err)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("append to %s: %w", filepath.Base(path), err)
	}
	return nil
}

func readAll(path string) ([]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return text, nil
}

func shorten(path string, text []byte, whole int) error {
	if whole == len(text) {
		return nil
	}
	if err := os.Truncate(path, int64(whole)); err != nil {
		return fmt.Errorf("take the torn end off %s: %w", filepath.Base(path), err)
	}
	return nil
}
