//! Fewer pixels: a photograph of a camera has many times what a printer can show.

use crate::geometry::PixelSize;

/// Samples of 8 bits, `channels` to a pixel, as fewer pixels: each new one is the mean of what it
/// covers. With `weights`, one to a pixel, that is a weighted mean: what is transparent has no
/// colour.
pub fn scaled(
    samples: &[u8],
    channels: usize,
    from: PixelSize,
    to: PixelSize,
    weights: Option<&[u8]>,
) -> Vec<u8> {
    let width = from.width as usize;
    let columns = spans(from.width, to.width);
    let rows = spans(from.height, to.height);
    match (channels, weights) {
        (1, None) => return means::<1>(samples, width, &columns, &rows),
        (3, None) => return means::<3>(samples, width, &columns, &rows),
        _ => {}
    }
    let mut out = Vec::with_capacity(to.area() as usize * channels);
    // The last of each pixel's sums is that of its weights.
    let mut sums = vec![0.0f32; to.width as usize * (channels + 1)];
    for row in &rows {
        sums.fill(0.0);
        for &(y, share) in row {
            for (column, sum) in columns.iter().zip(sums.chunks_exact_mut(channels + 1)) {
                for &(x, part) in column {
                    let at = y as usize * width + x as usize;
                    let alpha = weights.map_or(255, |weights| weights[at]);
                    // A little even where nothing is seen, so that the sum of the weights is
                    // never 0.
                    let weight = share * part * (f32::from(alpha) + 1e-3);
                    let pixel = &samples[at * channels..(at + 1) * channels];
                    sum.iter_mut().zip(pixel).for_each(|(s, v)| *s += weight * f32::from(*v));
                    sum[channels] += weight;
                }
            }
        }
        for sum in sums.chunks_exact(channels + 1) {
            out.extend(sum[..channels].iter().map(|s| (s / sum[channels]).round() as u8));
        }
    }
    out
}

/// The same where all pixels count alike, as those of a photograph of millions do.
fn means<const CHANNELS: usize>(
    samples: &[u8],
    width: usize,
    columns: &[Vec<(u32, f32)>],
    rows: &[Vec<(u32, f32)>],
) -> Vec<u8> {
    let pixels = samples.as_chunks::<CHANNELS>().0;
    let whole = |spans: &[Vec<(u32, f32)>]| {
        spans.first().map_or(1.0, |span| span.iter().map(|(_, share)| share).sum::<f32>())
    };
    // Each new pixel covers as much as any other.
    let area = whole(columns) * whole(rows);
    let mut out = Vec::with_capacity(rows.len() * columns.len() * CHANNELS);
    let mut sums = vec![[0.0f32; CHANNELS]; columns.len()];
    for row in rows {
        sums.fill([0.0; CHANNELS]);
        for &(y, share) in row {
            let line = pixels.get(y as usize * width..).unwrap_or_default();
            for (column, sum) in columns.iter().zip(&mut sums) {
                for &(x, part) in column {
                    let Some(pixel) = line.get(x as usize) else { continue };
                    let weight = share * part;
                    for at in 0..CHANNELS {
                        sum[at] += weight * f32::from(pixel[at]);
                    }
                }
            }
        }
        out.extend(sums.iter().flatten().map(|sum| (sum / area).round() as u8));
    }
    out
}

/// For each new pixel along one side: the old ones that it covers, and how much of each.
fn spans(from: u32, to: u32) -> Vec<Vec<(u32, f32)>> {
    let step = f64::from(from) / f64::from(to);
    let of = |n: u32| {
        let (start, end) = (f64::from(n) * step, f64::from(n + 1) * step);
        let last = (end.ceil() as u32).min(from);
        let share = |x: u32| (f64::from(x + 1).min(end) - f64::from(x).max(start)) as f32;
        (start.floor() as u32..last).map(|x| (x, share(x))).filter(|(_, s)| *s > 0.0).collect()
    };
    (0..to).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_is_the_mean_of_what_it_covers() {
        let size = PixelSize::new;
        assert_eq!(scaled(&[0, 100, 200, 100], 1, size(2, 2), size(1, 1), None), [100]);
        assert_eq!(scaled(&[0, 90, 180], 1, size(3, 1), size(2, 1), None), [30, 150]);
        assert_eq!(
            scaled(&[10, 20, 30, 250, 250, 250], 3, size(2, 1), size(1, 1), Some(&[255, 0])),
            [10, 20, 30]
        );
        assert_eq!(scaled(&[7; 12], 3, size(2, 2), size(2, 2), None), [7; 12]);
    }
}
