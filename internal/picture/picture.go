// Package picture makes photographs of papers fit to be kept: upright, no larger than is needed to read them, and
// without what a telephone writes beside the picture: the place, the time, the device, a small second picture.
//
// A picture is taken apart into its points and written anew, so nothing else survives, wanted or hidden.
package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // Decode reads it

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // Decode reads it
)

const (
	// LongEdge is the longest edge of a kept picture, in points: an A4 page at about 200 points an inch.
	LongEdge = 2400
	// MostPoints is the largest picture that is taken apart. A picture of many points in few bytes is how a small file
	// fills the memory.
	MostPoints = 50_000_000
	// mostDeep is the largest of which a point takes eight bytes, as scanners write them: the same memory.
	mostDeep = MostPoints / 4

	quality = 85
)

var (
	// ErrUnreadable says that the bytes are no picture that can be taken apart: cut, damaged, or of another type.
	ErrUnreadable = errors.New("picture: cannot be read")
	// ErrTooLarge says that the picture has more than MostPoints points.
	ErrTooLarge = errors.New("picture: too many points")
)

// turns holds the memory in check: a picture is taken apart only when one of two turns is free.
var turns = make(chan struct{}, 2)

// Clean gives a JPEG of the same picture, turned upright by what the camera noted and with its long edge at most
// LongEdge. It takes JPEG, PNG and WebP; what is transparent becomes white. It answers ErrUnreadable or ErrTooLarge, or that
// the context ended before it was its turn.
func Clean(ctx context.Context, data []byte) ([]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if config.Width < 1 || config.Height < 1 {
		return nil, ErrUnreadable
	}
	if most := pointsOf(config.ColorModel); config.Width > most/config.Height {
		return nil, ErrTooLarge
	}
	select {
	case turns <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to read a picture: %w", ctx.Err())
	}
	defer func() { <-turns }()
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	upright := turn(fit(whole), orientation(data))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("writing a picture: %w", err)
	}
	return out.Bytes(), nil
}

// pointsOf gives how many points of a colour model are taken apart.
func pointsOf(m color.Model) int {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model, color.Alpha16Model:
		return mostDeep
	}
	return MostPoints
}

// fit draws the picture on white, no larger than LongEdge.
func fit(whole image.Image) *image.RGBA {
	from := whole.Bounds()
	width, height := from.Dx(), from.Dy()
	if long := max(width, height); long > LongEdge {
		width, height = max(1, width*LongEdge/long), max(1, height*LongEdge/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if width == from.Dx() {
		draw.Draw(to, to.Bounds(), whole, from.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(to, to.Bounds(), whole, from, draw.Over, nil)
	}
	return to
}

// turn sets a picture upright. The eight orientations are those of EXIF 2.3, 4.6.4: from 5 on the edges change places.
func turn(p *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := place(orientation, x, y, w, h)
			copy(to.Pix[to.PixOffset(tx, ty):][:4], p.Pix[p.PixOffset(x, y):][:4])
		}
	}
	return to
}

// place says where a point of a picture of width w and height h goes.
func place(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
