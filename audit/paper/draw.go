package paper

import (
	"bytes"
	"fmt"

	"github.com/go-pdf/fpdf"
)

// PDF draws the letter. The same letter gives the same bytes: the dates inside are
// those of its day.
func (l Letter) PDF() ([]byte, error) {
	f, err := sans()
	if err != nil {
		return nil, fmt.Errorf("read font of documents: %w", err)
	}
	file, widthsRead, err := forLibrary()
	if err != nil {
		return nil, fmt.Errorf("read font of documents: %w", err)
	}
	p := l.lay(f)
	l.layFeet(p)
	width, height := p.edges()
	pdf := fpdf.NewCustom(&fpdf.InitType{
		OrientationStr: "P", UnitStr: "pt",
		Size: fpdf.SizeType{Wd: points(width), Ht: points(height)},
	})
	pdf.SetCreationDate(l.Day.Date())
	pdf.SetModificationDate(l.Day.Date())
	pdf.SetCatalogSort(true)
	pdf.SetProducer("claimwatch", false)
	pdf.SetTitle(p.see(l.Title), true)
	pdf.SetAuthor(p.see(l.From), true)
	pdf.SetLang("zh-CN")
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes("sans", "", file)
	widthsRead()
	for _, s := range p.leaves {
		pdf.AddPage()
		draw(pdf, s, height)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return out.Bytes(), nil
}

// draw puts a sheet on the page. Heights are counted from the upper edge, in PDF
// from the lower.
func draw(pdf *fpdf.Fpdf, s leaf, height int) {
	for _, b := range s.boxes {
		pdf.RawWriteStr(fmt.Sprintf("%.3f %.3f %.3f rg %.2f %.2f %.2f %.2f re f 0 g", float64(b.red)/255, float64(b.green)/255, float64(b.blue)/255,
			points(b.x), points(height-b.y-b.h), points(b.w), points(b.h)))
	}
	for _, c := range s.colored {
		pdf.RawWriteStr(fmt.Sprintf("%.3f %.3f %.3f RG %.2f w %.2f %.2f m %.2f %.2f l S 0 G", float64(c.red)/255, float64(c.green)/255, float64(c.blue)/255,
			points(c.thick), points(c.x1), points(height-c.y1), points(c.x2), points(height-c.y2)))
	}
	for _, line := range s.strokes {
		pdf.RawWriteStr(fmt.Sprintf("%.2f w %.2f %.2f m %.2f %.2f l S", points(line.thick),
			points(line.x1), points(height-line.y1), points(line.x2), points(height-line.y2)))
	}
	for _, m := range s.marks {
		pdf.SetFont("sans", "", points(m.size))
		switch {
		case m.bold: // the font has one weight: the outline is drawn as well
			pdf.RawWriteStr(fmt.Sprintf("2 Tr %.3f w", points(m.size)/45))
		case m.gray:
			pdf.SetTextColor(110, 110, 110)
		}
		if m.spread != 0 {
			pdf.RawWriteStr(fmt.Sprintf("%.3f Tc", points(m.spread)))
		}
		pdf.Text(points(m.x), points(m.y), m.text)
		if m.spread != 0 {
			pdf.RawWriteStr("0 Tc")
		}
		switch {
		case m.bold:
			pdf.RawWriteStr("0 Tr")
		case m.gray:
			pdf.SetTextColor(0, 0, 0)
		}
	}
}

// points turns a length of the layout into points.
func points(n int) float64 { return float64(n) / point }
