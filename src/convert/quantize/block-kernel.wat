;; The inner loops of block quantization, four weights at a time. Compiled by scripts/kernel.mjs into
;; block-kernel.wasm.ts; what they mean is said in pack-blocks.ts, which calls them.
;;
;; Rounding: of a float on top of 1.5 * 2^23 the last bit counts ones, so adding that rounds to the nearest whole
;; number, and taking it off again leaves it. Two cheap operations, where a conversion takes eight on x86.
(module
  (memory (export "memory") 1)

  ;; Scale and zero point of each block of some rows.
  ;; values [rows, blocks * block] f32; importance [blocks * block] f32, or 0 for none; top: the highest level.
  ;; Gives scales [rows, blocks] f32 and zeros [rows, blocks] u8.
  (func (export "fit")
    (param $values i32) (param $rows i32) (param $blocks i32) (param $block i32)
    (param $importance i32) (param $top i32) (param $is_symmetric i32)
    (param $scales i32) (param $zeros i32)
    (local $row i32) (local $index i32) (local $at i32) (local $end i32) (local $weight i32)
    (local $low v128) (local $high v128) (local $value v128) (local $steps v128)
    (local $product v128) (local $square v128) (local $weighted v128)
    (local $below f32) (local $above f32) (local $width f32) (local $unit f32) (local $scale f32)
    (local $fitted f32) (local $sum f32) (local $zero i32) (local $middle i32)
    (local $inverses v128) (local $rounder v128) (local $most v128)
    (local.set $rounder (f32x4.splat (f32.const 0x1.8p23)))
    (local.set $middle (i32.shr_u (i32.add (local.get $top) (i32.const 1)) (i32.const 1)))
    (local.set $at (local.get $values))
    (block $done
      (loop $each_row
        (br_if $done (i32.ge_u (local.get $row) (local.get $rows)))
        (local.set $index (i32.const 0))
        (local.set $weight (local.get $importance))
        (loop $each_block
          ;; How far the block reaches below and above zero, which is always in it.
          (local.set $low (v128.const f32x4 0 0 0 0))
          (local.set $high (v128.const f32x4 0 0 0 0))
          (local.set $end (i32.add (local.get $at) (i32.shl (local.get $block) (i32.const 2))))
          (loop $range
            (local.set $value (v128.load (local.get $at)))
            (local.set $low (f32x4.pmin (local.get $low) (local.get $value)))
            (local.set $high (f32x4.pmax (local.get $high) (local.get $value)))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (br_if $range (i32.lt_u (local.get $at) (local.get $end))))
          (local.set $below (f32.neg
            (f32.min
              (f32.min (f32x4.extract_lane 0 (local.get $low)) (f32x4.extract_lane 1 (local.get $low)))
              (f32.min (f32x4.extract_lane 2 (local.get $low)) (f32x4.extract_lane 3 (local.get $low))))))
          (local.set $above
            (f32.max
              (f32.max (f32x4.extract_lane 0 (local.get $high)) (f32x4.extract_lane 1 (local.get $high)))
              (f32.max (f32x4.extract_lane 2 (local.get $high)) (f32x4.extract_lane 3 (local.get $high)))))
          (if (local.get $is_symmetric)
            (then
              (local.set $width (f32.max (local.get $below) (local.get $above)))
              (local.set $unit (f32.div (local.get $width) (f32.convert_i32_s (local.get $middle)))))
            (else
              (local.set $width (f32.add (local.get $below) (local.get $above)))
              (local.set $unit (f32.div (local.get $width) (f32.convert_i32_s (local.get $top))))))
          ;; All zeros, or so small that the inverse of a scale would be no number: taken for zeros.
          (if (f32.lt (local.get $unit) (f32.const 0x1p-126))
            (then (local.set $unit (f32.const 1))))
          (if (local.get $is_symmetric)
            (then
              (local.set $zero (local.get $middle))
              (local.set $scale
                (select (f32.neg (local.get $unit)) (local.get $unit)
                  (f32.gt (local.get $above) (local.get $below)))))
            (else
              (local.set $zero
                (i32.trunc_sat_f32_s
                  (f32.add (f32.div (local.get $below) (local.get $unit)) (f32.const 0.5))))
              (local.set $scale (local.get $unit))))
          ;; The scale with the least error for the levels that this one gives.
          (if (local.get $importance)
            (then
              (local.set $at (i32.sub (local.get $end) (i32.shl (local.get $block) (i32.const 2))))
              (local.set $inverses (f32x4.splat (f32.div (f32.const 1) (local.get $scale))))
              (local.set $most (f32x4.splat (f32.convert_i32_s (i32.sub (local.get $top) (local.get $zero)))))
              (local.set $product (v128.const f32x4 0 0 0 0))
              (local.set $square (v128.const f32x4 0 0 0 0))
              (loop $levels
                (local.set $value (v128.load (local.get $at)))
                (local.set $steps
                  (f32x4.pmin
                    (f32x4.sub
                      (f32x4.add
                        (f32x4.mul (local.get $value) (local.get $inverses))
                        (local.get $rounder))
                      (local.get $rounder))
                    (local.get $most)))
                (local.set $weighted (f32x4.mul (v128.load (local.get $weight)) (local.get $steps)))
                (local.set $product
                  (f32x4.add (local.get $product) (f32x4.mul (local.get $weighted) (local.get $value))))
                (local.set $square
                  (f32x4.add (local.get $square) (f32x4.mul (local.get $weighted) (local.get $steps))))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (local.set $weight (i32.add (local.get $weight) (i32.const 16)))
                (br_if $levels (i32.lt_u (local.get $at) (local.get $end))))
              (local.set $sum (call $sum_of (local.get $product)))
              ;; Each term has the sign of the scale; sums too small or too large for a number leave it as it is.
              (local.set $fitted (f32.div (local.get $sum) (call $sum_of (local.get $square))))
              (if (i32.and
                    (f32.ge (f32.abs (local.get $fitted)) (f32.const 0x1p-126))
                    (f32.lt (f32.abs (local.get $fitted)) (f32.const inf)))
                (then (local.set $scale (local.get $fitted))))))
          (f32.store (local.get $scales) (local.get $scale))
          (i32.store8 (local.get $zeros) (local.get $zero))
          (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
          (local.set $zeros (i32.add (local.get $zeros) (i32.const 1)))
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br_if $each_block (i32.lt_u (local.get $index) (local.get $blocks))))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $each_row))))

  (func $sum_of (param $lanes v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $lanes)) (f32x4.extract_lane 1 (local.get $lanes)))
      (f32.add (f32x4.extract_lane 2 (local.get $lanes)) (f32x4.extract_lane 3 (local.get $lanes)))))

  ;; Levels of blocks one after the other, each with its scale and zero point: two in a byte where the highest is
  ;; 15, the first in the low half. A block is a multiple of 16.
  (func (export "write")
    (param $values i32) (param $blocks i32) (param $block i32) (param $top i32)
    (param $scales i32) (param $zeros i32) (param $out i32)
    (local $end i32) (local $inverses v128) (local $shifts v128) (local $rounder v128) (local $tops v128)
    (local $bytes v128)
    (local.set $rounder (f32x4.splat (f32.const 0x1.8p23)))
    (local.set $tops (i8x16.splat (local.get $top)))
    (block $done
      (loop $each_block
        (br_if $done (i32.eqz (local.get $blocks)))
        (local.set $inverses (f32x4.splat (f32.div (f32.const 1) (f32.load (local.get $scales)))))
        (local.set $shifts
          (f32x4.splat
            (f32.add (f32.convert_i32_u (i32.load8_u (local.get $zeros))) (f32.const 0x1.8p23))))
        (local.set $end (i32.add (local.get $values) (i32.shl (local.get $block) (i32.const 2))))
        (loop $sixteen
          ;; Four times the same: a function of its own would be called, not put here.
          (local.set $bytes
            (i8x16.narrow_i16x8_u
              (i16x8.narrow_i32x4_s
                (i32x4.sub
                  (f32x4.add (f32x4.mul (v128.load (local.get $values)) (local.get $inverses)) (local.get $shifts))
                  (local.get $rounder))
                (i32x4.sub
                  (f32x4.add (f32x4.mul (v128.load offset=16 (local.get $values)) (local.get $inverses)) (local.get $shifts))
                  (local.get $rounder)))
              (i16x8.narrow_i32x4_s
                (i32x4.sub
                  (f32x4.add (f32x4.mul (v128.load offset=32 (local.get $values)) (local.get $inverses)) (local.get $shifts))
                  (local.get $rounder))
                (i32x4.sub
                  (f32x4.add (f32x4.mul (v128.load offset=48 (local.get $values)) (local.get $inverses)) (local.get $shifts))
                  (local.get $rounder)))))
          ;; Narrowing has cut off what is below 0 or above 255.
          (local.set $bytes (i8x16.min_u (local.get $bytes) (local.get $tops)))
          (if (i32.eq (local.get $top) (i32.const 15))
            (then
              ;; A pair of bytes as 16 bits: the upper moves down into the upper half of the lower.
              (local.set $bytes
                (v128.and
                  (v128.or (local.get $bytes) (i16x8.shr_u (local.get $bytes) (i32.const 4)))
                  (v128.const i16x8 255 255 255 255 255 255 255 255)))
              (v128.store64_lane 0 (local.get $out)
                (i8x16.narrow_i16x8_u (local.get $bytes) (local.get $bytes)))
              (local.set $out (i32.add (local.get $out) (i32.const 8))))
            (else
              (v128.store (local.get $out) (local.get $bytes))
              (local.set $out (i32.add (local.get $out) (i32.const 16)))))
          (local.set $values (i32.add (local.get $values) (i32.const 64)))
          (br_if $sixteen (i32.lt_u (local.get $values) (local.get $end))))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $zeros (i32.add (local.get $zeros) (i32.const 1)))
        (local.set $blocks (i32.sub (local.get $blocks) (i32.const 1)))
        (br $each_block)))))
