package evidence

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// Part is a file of a pack.
type Part struct {
	Name string // slash-separated, without . and ..
	Body []byte
}

// Place is a file as it was found in an archive.
type Place struct {
	Part
	Byte int64 // where its head begins
}

// Damage is a place of an archive that is not as packs are written.
type Damage struct {
	Name string // of the file; empty when it cannot be told
	Byte int64
	Cut  bool // the archive ends within the file
	What string
}

// Directory stands for what follows the files in an archive.
const Directory = "(directory of the zip)"

const (
	localMark   = "PK\x03\x04"
	centralMark = "PK\x01\x02"
	endMark     = "PK\x05\x06"
	localSize   = 30
	utf8Flag    = 0x0800
	firstDay    = 0x21 // 1980-01-01, the first that a zip knows
)

// Archive writes files one after the other and the directory behind them, as packs
// are; Write makes packs.
func Archive(parts []Part) []byte {
	var out, directory bytes.Buffer
	for _, part := range parts {
		directory.Write(central(part, out.Len()))
		out.Write(local(part))
		out.Write(part.Body)
	}
	begin, size := out.Len(), directory.Len()
	out.Write(directory.Bytes())
	end := binary.LittleEndian.AppendUint16([]byte(endMark), 0)
	end = binary.LittleEndian.AppendUint16(end, 0)
	end = binary.LittleEndian.AppendUint16(end, uint16(len(parts)))
	end = binary.LittleEndian.AppendUint16(end, uint16(len(parts)))
	end = binary.LittleEndian.AppendUint32(end, uint32(size))
	end = binary.LittleEndian.AppendUint32(end, uint32(begin))
	out.Write(binary.LittleEndian.AppendUint16(end, 0))
	return out.Bytes()
}

// local is the head of a file.
func local(part Part) []byte {
	return append(common([]byte(localMark), part), part.Name...)
}

// common is what the head of a file and its line of the directory have in common.
func common(head []byte, part Part) []byte {
	for _, n := range []uint16{20, utf8Flag, 0, 0, firstDay} { // version, flags, not compressed, time, day
		head = binary.LittleEndian.AppendUint16(head, n)
	}
	head = binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(part.Body))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(part.Body)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(part.Body)))
	head = binary.LittleEndian.AppendUint16(head, uint16(len(part.Name)))
	return binary.LittleEndian.AppendUint16(head, 0) // nothing extra
}

// central is the line of a file in the directory.
func central(part Part, offset int) []byte {
	line := common(binary.LittleEndian.AppendUint16([]byte(centralMark), 20), part)
	line = append(line, make([]byte, 10)...) // no comment, disk 0, no attributes
	line = binary.LittleEndian.AppendUint32(line, uint32(offset))
	return append(line, part.Name...)
}

// unarchive reads the files of an archive and everything that is not as Archive
// writes it. Behind a broken file it goes on with the next head.
func unarchive(text []byte) (places []Place, damage []Damage) {
	at := 0
	for bytes.HasPrefix(text[at:], []byte(localMark)) || !startsDirectory(text[at:]) {
		if at == len(text) {
			return places, append(damage, Damage{Name: Directory, Byte: int64(at), Cut: true, What: "the archive ends before its directory"})
		}
		place, next, what := fileAt(text, at)
		if what != "" {
			damage = append(damage, Damage{Name: place.Name, Byte: int64(at), Cut: next == len(text), What: what})
		}
		if place.Name != "" {
			places = append(places, place)
		}
		at = next
	}
	parts := make([]Part, len(places))
	for i, place := range places {
		parts[i] = place.Part
	}
	whole := Archive(parts)
	if at < len(whole) && len(damage) == 0 && !bytes.Equal(text, whole) {
		damage = append(damage, Damage{Name: Directory, Byte: int64(at), Cut: len(text) < len(whole), What: "it is not the directory of these files"})
	}
	return places, damage
}

func startsDirectory(text []byte) bool {
	return bytes.HasPrefix(text, []byte(centralMark)) || bytes.HasPrefix(text, []byte(endMark))
}

// fileAt reads the file whose head begins at a byte, and gives where the next begins.
func fileAt(text []byte, at int) (place Place, next int, what string) {
	place.Byte = int64(at)
	head := text[at:]
	if len(head) < localSize || !bytes.HasPrefix(head, []byte(localMark)) {
		return place, nextHead(text, at+1), "what stands here is no file of a pack"
	}
	size, name := int(binary.LittleEndian.Uint32(head[18:])), int(binary.LittleEndian.Uint16(head[26:]))
	if localSize+name > len(head) {
		return place, nextHead(text, at+1), "the head of the file is broken"
	}
	place.Name = string(head[localSize : localSize+name])
	begin := at + localSize + name
	next = begin + size
	if next > len(text) || next < len(text) && !startsDirectory(text[next:]) && !bytes.HasPrefix(text[next:], []byte(localMark)) {
		intact := next <= len(text) && crc32.ChecksumIEEE(text[begin:next]) == binary.LittleEndian.Uint32(head[14:])
		if !intact {
			next = nextHead(text, begin)
			what = "the head or the length of the file is broken"
		}
	}
	place.Body = text[begin:next]
	if what == "" && !bytes.Equal(local(place.Part), text[at:begin]) {
		what = "its head in the archive, or its content, was changed"
	}
	return place, next, what
}

// nextHead is where the next head or the directory begins, at the earliest at a byte.
func nextHead(text []byte, from int) int {
	next := len(text)
	for _, mark := range []string{localMark, centralMark, endMark} {
		if from >= len(text) {
			break
		}
		if at := bytes.Index(text[from:], []byte(mark)); at >= 0 {
			next = min(next, from+at)
		}
	}
	return next
}
