package embedded

import (
	"encoding/binary"
	"strings"
)

// helloSQL is what clickhouse-go asks first over HTTP.
const helloSQL = "SELECT displayName(), version(), revision(), timezone()"

// isHello recognises the first question of clickhouse-go.
func isHello(sql string) bool {
	return strings.TrimSpace(sql) == helloSQL
}

// helloBlock answers it. clickhouse-go reads this one block in the framing of
// its newest revision, whatever the server is, and every later one in the
// framing of the revision that it finds inside. The engine writes blocks in
// plain Native, which is revision 0, so this says 0 and frames itself by hand.
func helloBlock(version, timezone string) []byte {
	var out []byte
	out = append(out, 1, 0)                   // field 1: not an overflow block
	out = append(out, 2)                      // field 2: bucket number
	out = append(out, 0xff, 0xff, 0xff, 0xff) // -1
	out = append(out, 0)                      // end of block info
	out = append(out, 4, 1)                   // columns, rows
	column := func(name, kind string, value []byte) {
		out = appendString(out, name)
		out = appendString(out, kind)
		out = append(out, 0) // default serialization
		out = append(out, value...)
	}
	column("displayName()", "String", appendString(nil, "embedded"))
	column("version()", "String", appendString(nil, version))
	column("revision()", "UInt32", binary.LittleEndian.AppendUint32(nil, 0))
	column("timezone()", "String", appendString(nil, timezone))
	return out
}

func appendString(out []byte, s string) []byte {
	out = binary.AppendUvarint(out, uint64(len(s)))
	return append(out, s...)
}
